import * as pulumi from "@pulumi/pulumi";
import type { CloudPlan } from "../../components/plan/cloudPlan";
import type { BroughtSecrets, CloudFoundation, CloudSecrets } from "../contract";
import { createCaches } from "./cache";
import { reachCluster } from "./cluster";
import { existingSettings } from "./config";
import { createDatabase } from "./database";
import { byHand } from "./dns";
import { filesOf } from "./files";
import { ingressOf } from "./ingress";
import { createObjectStore } from "./objectStore";
import { observabilityOf } from "./observability";
import { Scope } from "./scope";
import { createSecretCopies } from "./secrets";
import { Servers } from "./server";

export interface FoundationArgs {
  readonly plan: CloudPlan;
  readonly secrets: CloudSecrets;
  readonly brought: BroughtSecrets;
}

/** What a cluster of the operator's has below the application: what was brought along, and servers for what was not. */
export class Foundation extends pulumi.ComponentResource {
  readonly answers: CloudFoundation;

  constructor(name: string, { plan, secrets, brought }: FoundationArgs, opts: pulumi.ComponentResourceOptions) {
    super("moodle:existing:Foundation", name, {}, opts);
    const scope = new Scope({ name, plan, settings: existingSettings(plan), brought }, this);
    const cluster = reachCluster(scope);

    let made: Servers | undefined;
    const servers = () => (made ??= new Servers(scope, cluster.provider));
    const database = createDatabase(scope, servers);
    const caches = createCaches(scope, servers);
    const objectStore = createObjectStore(scope, servers);

    createSecretCopies(
      scope,
      {
        ...secrets,
        databasePassword: database.endpoint.password,
        sessionCachePassword: caches.sessions.endpoint.password,
        ...(caches.application && { applicationCachePassword: caches.application.endpoint.password }),
      },
      cluster.provider,
    );

    this.answers = {
      component: this,
      kubernetes: { ...cluster, podRanges: scope.settings.podRanges, ready: made?.ready ?? [] },
      database: database.endpoint,
      sessionCache: caches.sessions.endpoint,
      applicationCache: (caches.application ?? caches.sessions).endpoint,
      objectStore: objectStore?.access,
      ...filesOf(scope),
      ingress: ingressOf(scope.settings),
      dns: byHand,
      // Nodes pull as the operator has set them up.
      imagePull: { registry: pulumi.output("none: push where the cluster pulls from") },
      workloadIdentity: { serviceAccountAnnotations: {}, podLabels: {} },
      requiredEgress: [database, caches.sessions, caches.application, objectStore].flatMap((each) => each?.egress ?? []),
      observability: observabilityOf(plan),
    };
    this.registerOutputs({});
  }
}
