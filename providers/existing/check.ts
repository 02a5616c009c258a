import { removeCommand, setCommand, type Problem } from "../../components/config/problem";
import type { BroughtSecret } from "../../components/config/schema";
import type { CloudPlan } from "../../components/plan/cloudPlan";
import { UnsupportedError } from "../errors";
import { existingSettings } from "./config";

type Check = (plan: CloudPlan) => readonly Problem[];

const checks: readonly Check[] = [
  clusterIsNamed,
  serversAreForDevelopment,
  secretsFitWhatIsBrought,
  volumeIsNamed,
  visitorsAreLetIn,
  nobodyRestores,
  nobodyTells,
];

/** What a cluster of the operator's cannot do of a plan, or what is missing to use it. */
export function checkPlan(plan: CloudPlan): Problem[] {
  return checks.flatMap((check) => check(plan));
}

function unsupported(key: string, feature: string, alternative: string): UnsupportedError {
  return new UnsupportedError("existing", key, feature, alternative);
}

function clusterIsNamed(plan: CloudPlan): readonly Problem[] {
  if (has(plan, "kubeconfig") || existingSettings(plan).context !== undefined) return [];
  return [
    {
      key: "moodle:kubeconfig",
      message: "is missing; it says how the cluster is reached",
      remedy: `pulumi config set --secret moodle:kubeconfig < <file>, or ${setCommand("moodle:existing.context", "<context>")}`,
    },
  ];
}

function has({ broughtSecrets = [] }: CloudPlan, secret: BroughtSecret): boolean {
  return broughtSecrets.includes(secret);
}

interface Service {
  readonly what: string;
  /** The key by which it is brought along. */
  readonly key: string;
  readonly brought: boolean;
  readonly secrets: readonly BroughtSecret[];
  /** The key that asks for a replica, and whether the plan has it. */
  readonly replicas?: { readonly key: string; readonly asked: boolean };
}

/** What the plan asks for, and who brings it. */
function servicesOf(plan: CloudPlan): Service[] {
  const { database, sessionCache, applicationCache, objectStore } = existingSettings(plan);
  const cacheReplicas = (asked: boolean) => ({ key: "moodle:cache.highAvailability", asked });
  return [
    {
      what: "a database",
      key: "moodle:existing.database.host",
      brought: database.host !== undefined,
      secrets: ["databasePassword"],
      replicas: { key: "moodle:database.highAvailability", asked: plan.database.highAvailability },
    },
    {
      what: "a session cache",
      key: "moodle:existing.sessionCache.host",
      brought: sessionCache.host !== undefined,
      secrets: ["sessionCachePassword"],
      replicas: cacheReplicas(plan.sessionCache.highAvailability),
    },
    {
      what: "an application cache",
      key: "moodle:existing.applicationCache.host",
      brought: plan.applicationCache === undefined || applicationCache.host !== undefined,
      secrets: plan.applicationCache === undefined ? [] : ["applicationCachePassword"],
      replicas: cacheReplicas(plan.applicationCache?.highAvailability ?? false),
    },
    {
      what: "an object store",
      key: "moodle:existing.objectStore.endpoint",
      brought: plan.objectStore === undefined || objectStore.endpoint !== undefined,
      secrets: plan.objectStore === undefined ? [] : ["objectStoreAccessKeyId", "objectStoreSecretAccessKey"],
    },
  ];
}

/** One pod without a replica and without a backup is no place for anybody's exams. */
function serversAreForDevelopment(plan: CloudPlan): readonly Problem[] {
  return servicesOf(plan)
    .filter(({ brought }) => !brought)
    .flatMap(({ what, key, replicas }): Problem[] => {
      const bring = setCommand(key, key.endsWith("endpoint") ? "https://<host>" : "<host>");
      if (plan.environment === "production") return [unsupported(key, `${what} for production that outlives a node`, `${bring}, to bring one`)];
      if (!replicas?.asked) return [];
      return [unsupported(replicas.key, `${what} with a replica in the cluster`, `${setCommand(replicas.key, "false")}, or ${bring}`)];
    });
}

function secretsFitWhatIsBrought(plan: CloudPlan): readonly Problem[] {
  const services = servicesOf(plan);
  const wanted = services.filter(({ brought }) => brought).flatMap(({ secrets }) => secrets);
  const idle = (plan.broughtSecrets ?? []).filter((secret) => secret !== "kubeconfig" && !wanted.includes(secret));
  return [
    ...wanted
      .filter((secret) => !has(plan, secret))
      .map((secret) => ({ key: `moodle:${secret}`, message: "is missing; what is brought along asks for it", remedy: `pulumi config set --secret moodle:${secret}` })),
    ...idle.map((secret) => ({
      key: `moodle:${secret}`,
      message: "is set, but nothing is brought along that asks for it",
      remedy: `pulumi config rm moodle:${secret}`,
    })),
  ];
}

function volumeIsNamed(plan: CloudPlan): readonly Problem[] {
  const { persistentVolume, nfs, local, storageClass } = existingSettings(plan).files;
  const key = "moodle:existing.files";
  const given = Object.entries({ persistentVolume, nfs, local }).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (given.length > 1) {
    return [{ key, message: `${given.join(" and ")} were given; allowed is one of them`, remedy: removeCommand(`${key}.${given[1]}`) }];
  }
  if (storageClass !== undefined && (nfs !== undefined || local !== undefined)) {
    return [{ key: `${key}.storageClass`, message: `was given beside ${given[0]}, which is of no class`, remedy: removeCommand(`${key}.storageClass`) }];
  }
  if (local !== undefined && plan.environment === "production") {
    return [unsupported(`${key}.local`, "a volume for production that outlives its node, out of a folder", setCommand(`${key}.storageClass`, "<class>"))];
  }
  if (given.length > 0 || storageClass !== undefined || plan.sharedFiles === undefined) return [];
  return [
    {
      key,
      message: "is missing; it says which volume all pods share, by one of storageClass, persistentVolume, nfs and local",
      remedy: `${setCommand(`${key}.storageClass`, "<class>")}, a class of volumes that many nodes can mount`,
    },
  ];
}

function visitorsAreLetIn(plan: CloudPlan): readonly Problem[] {
  const { ingress } = existingSettings(plan);
  const { dnsZone, allowedRanges } = plan.ingress;
  const problems: Problem[] = [];
  if (dnsZone !== undefined) {
    const key = "moodle:ingress.dnsZone";
    problems.push(unsupported(key, "a zone of names", `${removeCommand(key)}, and make the record that the output dns says`));
  }
  if (ingress.class === "none" && allowedRanges.some((range) => range !== "0.0.0.0/0")) {
    const key = "moodle:ingress.allowedRanges";
    problems.push(unsupported(key, "a choice of visitors where the cluster has a way in of its own", `${removeCommand(key)}, and choose them there`));
  }
  if (ingress.class === "gateway" && ingress.clientAddress === "header" && ingress.trustedRanges.length === 0) {
    const key = "moodle:existing.ingress.trustedRanges";
    problems.push({ key, message: "is missing; with clientAddress header it says whose word on the visitor's address counts", remedy: setCommand(`${key}[0]`, "<range>") });
  }
  return problems;
}

function nobodyRestores({ database, objectStore, sharedFiles, blockDisk }: CloudPlan): readonly Problem[] {
  const key = (group: string) => `moodle:${group}.restoreFrom`;
  const restored = [
    ...(database.restoreFrom === undefined ? [] : [{ group: "database", how: "restore the database that you bring, and then bring the platform up" }]),
    ...([objectStore, sharedFiles, blockDisk].every((each) => each?.restoreFrom === undefined)
      ? []
      : [{ group: "files", how: "name the restored bucket or volume in moodle:existing" }]),
  ];
  return restored.map(({ group, how }) => unsupported(key(group), `backups, and so none to restore ${group} from`, `${removeCommand(key(group))}; ${how}`));
}

function nobodyTells({ observability: { alarmEmails } }: CloudPlan): readonly Problem[] {
  if (alarmEmails.length === 0) return [];
  const key = "moodle:observability.alarmEmails";
  return [
    unsupported(key, "mail about alarms", `${removeCommand(key)}; set moodle:observability.prometheusNamespace, and let your Alertmanager tell somebody`),
  ];
}
