import * as pulumi from "@pulumi/pulumi";
import type { CloudPlan } from "../../components/plan/cloudPlan";
import type { CloudFoundation, CloudSecrets } from "../contract";
import { createBackups, type BackedUp } from "./backup";
import { createBlockDisk, joinDisk, type BlockDisk } from "./blockDisk";
import { createCaches } from "./cache";
import { createCluster, podRange } from "./cluster";
import { azureSettings } from "./config";
import { createDatabase, type Database } from "./database";
import { createCertificateSolver, dnsOf } from "./dns";
import { egressOf } from "./egress";
import { createFlowLogs } from "./flowLogs";
import { createPodIdentity, podLabels } from "./identity";
import { ingressOf } from "./ingress";
import { createNetwork } from "./network";
import { createObjectStore, type ObjectStore } from "./objectStore";
import { createObservability } from "./observability";
import { collectPodLogs, createPodLogs } from "./podLogs";
import { createRegistry } from "./registry";
import { grant } from "./roles";
import { createGroup, Scope } from "./scope";
import { createSecretCopies } from "./secrets";
import { createSharedFiles } from "./sharedFiles";

export interface FoundationArgs {
  readonly plan: CloudPlan;
  readonly secrets: CloudSecrets;
}

/**
 * Everything on Azure below the application. Data services and the cluster are built side by side; what joins them comes
 * after both.
 */
export class Foundation extends pulumi.ComponentResource {
  readonly answers: CloudFoundation;

  constructor(name: string, { plan, secrets }: FoundationArgs, opts: pulumi.ComponentResourceOptions) {
    super("moodle:azure:Foundation", name, {}, opts);
    const scope = new Scope(name, plan, azureSettings(plan), createGroup(name, plan, this), this);

    const network = createNetwork(scope);
    createFlowLogs(scope, network);
    const podLogs = createPodLogs(scope);

    const database = createDatabase(scope, network);
    const caches = createCaches(scope, network);
    const objectStore = createObjectStore(scope, network);
    const sharedFiles = createSharedFiles(scope, network);
    const blockDisk = createBlockDisk(scope);
    const { registry, imagePull } = createRegistry(scope);

    const cluster = createCluster(scope, network, podLogs);
    collectPodLogs(scope, podLogs, cluster);
    const certificates = createCertificateSolver(scope, cluster);

    const joints = scope.drawer("Joints");
    const pulling = grant(joints, "nodes-images", { role: "acrPull", on: registry.id, to: cluster.nodes });
    const attachable = blockDisk ? [joinDisk(joints, blockDisk, cluster)] : [];
    const identity = objectStore && createIdentity(joints, objectStore);

    createSecretCopies(scope, {
      ...secrets,
      databasePassword: database.endpoint.password,
      sessionCachePassword: caches.sessions.endpoint.password,
      ...(caches.application && { applicationCachePassword: caches.application.endpoint.password }),
    });
    createBackups(scope, backedUp(database, objectStore, blockDisk));
    const observability = createObservability(scope, database, cluster, podLogs);

    this.answers = {
      component: this,
      kubernetes: {
        provider: cluster.provider,
        kubeconfig: cluster.kubeconfig,
        podRanges: [podRange],
        cluster: cluster.cluster,
        ready: [
          pulling,
          ...attachable,
          ...(identity?.ready ?? []),
          ...[database, caches.sessions, caches.application, objectStore, sharedFiles].flatMap((each) => each?.ready ?? []),
        ],
      },
      database: database.endpoint,
      sessionCache: caches.sessions.endpoint,
      applicationCache: (caches.application ?? caches.sessions).endpoint,
      objectStore: objectStore?.access,
      sharedFiles: sharedFiles?.volume,
      blockDisk: blockDisk?.volume,
      ingress: ingressOf(),
      dns: dnsOf(scope),
      certificates,
      imagePull,
      workloadIdentity: { serviceAccountAnnotations: identity?.annotations ?? {}, podLabels: identity ? podLabels : {} },
      requiredEgress: egressOf(plan),
      observability,
    };
    this.registerOutputs({});

    /** Signing tokens is a right on the account: Azure knows none that is narrower. What they open is the one container. */
    function createIdentity(joints: Scope, { accountId, containerId }: ObjectStore) {
      return createPodIdentity(joints, "workload", cluster, plan.workload, [
        { name: "sign", role: "blobDelegator", on: accountId },
        { name: "files", role: "blobContributor", on: containerId },
      ]);
    }
  }
}

function backedUp(database: Database, objectStore: ObjectStore | undefined, blockDisk: BlockDisk | undefined): BackedUp[] {
  return [
    {
      role: "database",
      type: "Microsoft.DBforPostgreSQL/flexibleServers",
      id: database.server.id,
      name: database.server.name,
      every: "week",
      kind: "Full",
      allow: ["databaseBackup"],
      after: database.ready,
    },
    ...(objectStore
      ? [
          {
            role: "objects",
            type: "Microsoft.Storage/storageAccounts/blobServices",
            id: objectStore.accountId,
            name: objectStore.account,
            every: "day",
            kind: "Discrete",
            allow: ["accountBackup"],
            containers: [objectStore.container],
            after: objectStore.settings,
          } as const,
        ]
      : []),
    ...(blockDisk
      ? [
          {
            role: "disk",
            type: "Microsoft.Compute/disks",
            id: blockDisk.id,
            name: blockDisk.name,
            every: "day",
            kind: "Incremental",
            allow: ["diskBackupReader"],
            after: [],
          } as const,
        ]
      : []),
  ];
}
