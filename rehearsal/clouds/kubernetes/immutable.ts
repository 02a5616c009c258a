import type { ForceNew } from "../../provider/behaviour";
import { flag, type Properties } from "../../provider/properties";
import { apiTypeOf } from "./apiTypes";

const SOURCE = "pulumi-kubernetes 4.34, provider/pkg/provider/diff.go";

const POD = (
  "affinity automountServiceAccountToken dnsConfig dnsPolicy enableServiceLinks hostAliases hostIPC hostNetwork " +
  "hostPID hostname imagePullSecrets nodeName nodeSelector overhead preemptionPolicy priority priorityClassName " +
  "readinessGates restartPolicy runtimeClassName " +
  "schedulerName securityContext serviceAccount serviceAccountName shareProcessNamespace subdomain " +
  "terminationGracePeriodSeconds volumes containers initContainers"
).split(" ");

const VOLUME_SOURCES = (
  "awsElasticBlockStore azureDisk azureFile cephfs cinder csi fc flexVolume flocker gcePersistentDisk glusterfs " +
  "hostPath iscsi local nfs photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume"
).split(" ");

// By group and kind; versions that treat them otherwise are long gone from the API.
const IMMUTABLE: Readonly<Record<string, readonly string[]>> = {
  "/PersistentVolume": under("spec", VOLUME_SOURCES),
  "/PersistentVolumeClaim": under("spec", ["accessModes", "selector", "storageClassName", "volumeName"]),
  "/Pod": under("spec", POD),
  "/ResourceQuota": ["spec.scopes"],
  "/Secret": ["type"],
  "/Service": ["spec.clusterIP"],
  "apps/DaemonSet": ["spec.selector"],
  "apps/Deployment": ["spec.selector"],
  "apps/StatefulSet": under(
    "spec",
    "podManagementPolicy revisionHistoryLimit selector serviceName volumeClaimTemplates".split(" "),
  ),
  "batch/Job": under("spec", ["completions", "parallelism", "selector", "template"]),
  "rbac.authorization.k8s.io/ClusterRoleBinding": ["roleRef"],
  "rbac.authorization.k8s.io/RoleBinding": ["roleRef"],
  "storage.k8s.io/StorageClass": ["parameters", "provisioner"],
};

const CONTENT: Readonly<Record<string, ForceNew["when"]>> = {
  Secret: unlessMutable("enableSecretMutable", ["type", "stringData", "data"]),
  ConfigMap: unlessMutable("enableConfigMapMutable", ["binaryData", "data"]),
};

/** What replaces an object of a type: another name or namespace, and what the API refuses to change. */
export function forceNewOf(token: string): ForceNew {
  const { group, kind } = apiTypeOf(token);
  const paths = ["metadata.name", "metadata.namespace", ...(IMMUTABLE[`${group}/${kind}`] ?? [])];
  return { paths, when: group === "" ? CONTENT[kind] : undefined, source: SOURCE };
}

// The provider replaces Secrets and ConfigMaps rather than changing what running pods read, unless told otherwise.
function unlessMutable(setting: string, paths: readonly string[]): ForceNew["when"] {
  return (_olds: Properties, news: Properties, config: Properties) => {
    const mutable = flag(config, setting) === true && flag(news, "immutable") !== true;
    return mutable ? [] : paths;
  };
}

function under(parent: string, names: readonly string[]): readonly string[] {
  return names.map((name) => `${parent}.${name}`);
}
