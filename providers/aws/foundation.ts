import * as pulumi from "@pulumi/pulumi";
import type { CloudPlan } from "../../components/plan/cloudPlan";
import type { CloudFoundation, CloudSecrets } from "../contract";
import { createAddons } from "./addons";
import { createBackups } from "./backup";
import { createBlockDisk, joinDisk } from "./blockDisk";
import { createCaches } from "./cache";
import { createCluster, createNodeRole } from "./cluster";
import { awsSettings } from "./config";
import { createDatabase } from "./database";
import { createCertificateSolver, dnsOf } from "./dns";
import { egressOf } from "./egress";
import { createFlowLogs } from "./flowLogs";
import { createPodIdentity } from "./identity";
import { ingressOf } from "./ingress";
import { createKeys } from "./keys";
import { createNetwork } from "./network";
import { createObjectStore } from "./objectStore";
import { createObservability } from "./observability";
import { createPodLogs } from "./podLogs";
import { createRegistry } from "./registry";
import { accountOf } from "./role";
import { Scope } from "./scope";
import { createSecretCopies } from "./secrets";
import { admit } from "./securityGroup";
import { createSharedFiles } from "./sharedFiles";

export interface FoundationArgs {
  readonly plan: CloudPlan;
  readonly secrets: CloudSecrets;
}

/**
 * Everything on AWS below the application. Data services and the cluster are built side by side; what joins them comes
 * after both.
 */
export class Foundation extends pulumi.ComponentResource {
  readonly answers: CloudFoundation;

  constructor(name: string, { plan, secrets }: FoundationArgs, opts: pulumi.ComponentResourceOptions) {
    super("moodle:aws:Foundation", name, {}, opts);
    const scope = new Scope(name, plan, awsSettings(plan), this);

    const network = createNetwork(scope);
    const nodes = createNodeRole(scope);
    const keys = createKeys(scope, accountOf(nodes));
    createFlowLogs(scope, network, keys, accountOf(nodes));

    const database = createDatabase(scope, network, keys);
    const caches = createCaches(scope, network, keys);
    const objectStore = createObjectStore(scope, keys);
    const sharedFiles = createSharedFiles(scope, network, keys);
    const blockDisk = createBlockDisk(scope, network, keys);
    const imagePull = createRegistry(scope, keys);

    const cluster = createCluster(scope, network, keys, nodes);
    const podLogs = createPodLogs(scope, cluster, keys);
    const drivers = createAddons(scope, cluster, network, podLogs);
    const certificates = createCertificateSolver(scope, cluster);

    const joints = scope.drawer("Joints");
    const guarded = [database, caches.sessions, caches.application, sharedFiles].flatMap((each) => each?.guarded ?? []);
    const doors = admit(joints, cluster.securityGroupId, guarded);
    const attachable = blockDisk ? [joinDisk(joints, blockDisk, cluster.cluster.name)] : [];
    const identity = objectStore ? [createPodIdentity(joints, "workload", cluster, plan.workload, objectStore.allow)] : [];

    createSecretCopies(
      scope,
      {
        ...secrets,
        databasePassword: database.endpoint.password,
        sessionCachePassword: caches.sessions.endpoint.password,
        ...(caches.application && { applicationCachePassword: caches.application.endpoint.password }),
      },
      keys,
    );
    createBackups(
      scope,
      keys,
      [database.instance, sharedFiles?.fileSystem, objectStore?.bucket, blockDisk?.disk].flatMap((each) => each?.arn ?? []),
      objectStore?.settings ?? [],
    );
    const observability = createObservability(scope, keys, database, cluster, podLogs);

    this.answers = {
      component: this,
      kubernetes: {
        provider: cluster.provider,
        kubeconfig: cluster.kubeconfig,
        podRanges: plan.network.zones.map(({ privateRange }) => privateRange),
        cluster: cluster.cluster,
        ready: [...network.routes, ...drivers, ...doors, ...attachable, ...identity, ...(sharedFiles?.ready ?? []), cluster.networkPolicies],
      },
      database: database.endpoint,
      sessionCache: caches.sessions.endpoint,
      applicationCache: (caches.application ?? caches.sessions).endpoint,
      objectStore: objectStore?.access,
      sharedFiles: sharedFiles?.volume,
      blockDisk: blockDisk?.volume,
      ingress: ingressOf(plan),
      dns: dnsOf(scope),
      certificates,
      imagePull,
      // Pod Identity goes by namespace and name of the service account: pods carry nothing.
      workloadIdentity: { serviceAccountAnnotations: {}, podLabels: {} },
      requiredEgress: egressOf(plan),
      observability,
    };
    this.registerOutputs({});
  }
}
