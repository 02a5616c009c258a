import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId";
import type { CloudPlan } from "../../components/plan/cloudPlan";
import type { CloudFoundation, CloudSecrets } from "../contract";
import { createBackups } from "./backup";
import { createBlockDisk } from "./blockDisk";
import { createCaches } from "./cache";
import { createCluster, createNodeIdentity } from "./cluster";
import { gcpSettings } from "./config";
import { createDatabase } from "./database";
import { createCertificateSolver, dnsOf } from "./dns";
import { egressOf } from "./egress";
import { ingressOf } from "./ingress";
import { createNetwork } from "./network";
import { createObjectStore } from "./objectStore";
import { createObservability } from "./observability";
import { createPodLogs } from "./podLogs";
import { projectOf } from "./project";
import { createRegistry } from "./registry";
import { Scope } from "./scope";
import { createSecretCopies } from "./secrets";
import { createApis } from "./services";
import { createSharedFiles } from "./sharedFiles";

export interface FoundationArgs {
  readonly plan: CloudPlan;
  readonly secrets: CloudSecrets;
}

/**
 * Everything on Google Cloud below the application. Data services and the cluster are built side by side, and nothing has to
 * join them: who is in the network may reach what is in it.
 */
export class Foundation extends pulumi.ComponentResource {
  readonly answers: CloudFoundation;

  constructor(name: string, { plan, secrets }: FoundationArgs, opts: pulumi.ComponentResourceOptions) {
    super("moodle:gcp:Foundation", name, {}, opts);
    const project = projectOf();
    const scope = new Scope(
      {
        name,
        plan,
        settings: gcpSettings(plan),
        project,
        suffix: this.createSuffix(name, plan),
        apis: createApis(name, plan, project, this),
      },
      this,
    );

    const network = createNetwork(scope);
    const nodes = createNodeIdentity(scope);

    const database = createDatabase(scope, network);
    const caches = createCaches(scope, network);
    const objectStore = createObjectStore(scope);
    const sharedFiles = createSharedFiles(scope, network);
    const blockDisk = createBlockDisk(scope);
    const imagePull = createRegistry(scope, nodes);

    const cluster = createCluster(scope, network, nodes);
    const podLogs = createPodLogs(scope, network, cluster);
    const certificates = createCertificateSolver(scope, cluster);

    createSecretCopies(scope, {
      ...secrets,
      databasePassword: database.endpoint.password,
      sessionCachePassword: caches.sessions.password,
      ...(caches.application && { applicationCachePassword: caches.application.password }),
      ...(objectStore?.credentials.kind === "access key" && { objectStoreKey: objectStore.credentials.secret }),
    });
    createBackups(scope, [
      ...(sharedFiles ? [{ role: "files", type: "file.googleapis.com/Instance", id: sharedFiles.instance.id } as const] : []),
      ...(blockDisk ? [{ role: "disk", type: "compute.googleapis.com/Disk", id: blockDisk.disk.id } as const] : []),
    ]);
    const observability = createObservability(scope, database, cluster, podLogs);

    this.answers = {
      component: this,
      kubernetes: {
        provider: cluster.provider,
        kubeconfig: cluster.kubeconfig,
        podRanges: [network.ranges.pods],
        cluster: cluster.cluster,
        ready: [...network.routes, ...cluster.ready],
      },
      database: database.endpoint,
      sessionCache: caches.sessions,
      applicationCache: caches.application ?? caches.sessions,
      objectStore,
      sharedFiles: sharedFiles?.volume,
      blockDisk: blockDisk?.volume,
      ingress: ingressOf(),
      dns: dnsOf(scope),
      certificates,
      imagePull,
      // Nothing the pods of the site do asks who they are.
      workloadIdentity: { serviceAccountAnnotations: {}, podLabels: {} },
      requiredEgress: egressOf(plan),
      observability,
    };
    this.registerOutputs({});
  }

  /** Whoever loses it renames everything: it is kept like what all of it stands in. */
  private createSuffix(name: string, plan: CloudPlan): pulumi.Output<string> {
    return new RandomId(`${name}-names`, { byteLength: 4 }, { parent: this, protect: !plan.unprotected.includes("network") }).hex;
  }
}
