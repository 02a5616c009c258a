export type Scanner = "checkov" | "kube-score";

/** A finding that stays, and why. */
export interface Accepted {
  readonly scanner: Scanner;
  readonly check: string;
  /** Objects, and containers where the scanner names them. */
  readonly where: readonly string[];
  readonly reason: string;
}

const [web, cron, adhoc] = ["Deployment moodle-web", "Deployment moodle-cron", "Deployment moodle-adhoc"] as const;
const [release, prepare] = ["Job moodle-release-HASH", "Job moodle-prepare-HASH"] as const;
const minted = [web, cron, adhoc, release].map((pod) => `${pod}/token-minter`);
const onePod = ["release", "cron", "adhoc"].map((container) => `${web}/${container}`);
const images = [`${web}/nginx`, `${web}/php-fpm`, `${web}/await-release`, `${cron}/cron`, `${cron}/await-release`, `${adhoc}/adhoc`, `${adhoc}/await-release`, `${release}/release`];

const cpuLimits =
  "A limit on CPU slows requests down while the node is idle, and protects nobody whose requests are right; `cpuLimit` of each component sets one where a cluster demands it.";
const pullPolicy = "An image named by its digest is the same wherever it comes from; asking the registry again makes a pod's start depend on it. `image.pullPolicy` is for those who name a tag.";
const rootOnce = "With `prepare: rootJob` one Job hands a volume over that belongs to root: chown needs root and CHOWN, for one command, with no token, no network and a read-only root.";

const serverSets = ["database", "sessions"].map((role) => `StatefulSet ${role}`);
const servers = serverSets.map((set) => `${set}/server`);

const serverImages =
  "The tags of a line of servers for development, which brings their corrections; asking the registry at each start would make the start depend on it. `image` of each server names another, and a digest.";
const serverUser = "It is the user of the official images, who owns what they bring along; `runAs` of each server is for other images.";

/** In what the chart renders; one that is found no more fails the tests. */
export const acceptedOfChart: readonly Accepted[] = [
  { scanner: "checkov", check: "CKV_K8S_11", where: [web, cron, adhoc, release, prepare], reason: cpuLimits },
  { scanner: "kube-score", check: "container-resources", where: [...images, ...minted, ...onePod, `${prepare}/prepare`], reason: cpuLimits },
  { scanner: "kube-score", check: "container-cpu-requests-equal-limits", where: [...images, ...minted, ...onePod, `${prepare}/prepare`], reason: cpuLimits },
  { scanner: "kube-score", check: "container-resource-requests-equal-limits", where: [...images, ...minted, ...onePod, `${prepare}/prepare`], reason: cpuLimits },
  { scanner: "checkov", check: "CKV_K8S_15", where: [web, cron, adhoc, release], reason: pullPolicy },
  { scanner: "kube-score", check: "container-image-pull-policy", where: [...images, ...onePod, `${prepare}/prepare`], reason: pullPolicy },
  {
    scanner: "checkov",
    check: "CKV_K8S_43",
    where: [web, cron, adhoc, release],
    reason: "The scenarios `minimal` and `standalone` name a tag, which the chart allows and advises against; `everything` names one of the program that mints tokens.",
  },
  {
    scanner: "checkov",
    check: "CKV_K8S_8",
    where: [web, cron, adhoc],
    reason: "A task may rightly be silent for an hour, and a runner that ends is started again; the sidecar that mints tokens is not asked either.",
  },
  {
    scanner: "checkov",
    check: "CKV_K8S_9",
    where: [web, cron, adhoc],
    reason: "Nobody sends requests to runners. A web pod is ready when nginx says that PHP-FPM answers; PHP-FPM has no second word in that.",
  },
  { scanner: "checkov", check: "CKV_K8S_23", where: [prepare], reason: rootOnce },
  { scanner: "checkov", check: "CKV_K8S_25", where: [prepare], reason: rootOnce },
  { scanner: "checkov", check: "CKV_K8S_40", where: [prepare], reason: rootOnce },
  { scanner: "kube-score", check: "container-security-context-user-group-id", where: [`${prepare}/prepare`], reason: rootOnce },
  {
    scanner: "kube-score",
    check: "deployment-has-host-podantiaffinity",
    where: [web, cron, adhoc],
    reason: "Topology spread over nodes and zones does it, and does not leave a pod waiting where there are fewer nodes than pods.",
  },
  {
    scanner: "kube-score",
    check: "deployment-has-poddisruptionbudget",
    where: [cron, adhoc],
    reason: "An evicted runner finishes its task first and nobody waits for it; a budget would only hold node maintenance up.",
  },
  {
    scanner: "kube-score",
    check: "deployment-strategy",
    where: [web],
    reason: "In the mode `block` a new pod can have the disk only when the old one is gone.",
  },
  {
    scanner: "kube-score",
    check: "deployment-replicas",
    where: [web],
    reason: "In the mode `block` one disk allows one pod.",
  },
  {
    scanner: "kube-score",
    check: "pod-networkpolicy",
    where: [web, cron, adhoc, release],
    reason: "The scenario `minimal` shows a cluster without policies; everywhere else they are made.",
  },
];

/** Besides, in what stacks put into a cluster around the chart; one that is found no more fails the tests. */
export const acceptedOfStacks: readonly Accepted[] = [
  { scanner: "kube-score", check: "container-image-pull-policy", where: minted, reason: pullPolicy },
  {
    scanner: "kube-score",
    check: "service-targets-pod",
    where: ["Service public"],
    reason: "Its pods are those that Envoy Gateway makes of our Gateway. The Service is ours, so that its address is known and it goes before the cluster does.",
  },
  { scanner: "checkov", check: "CKV_K8S_11", where: serverSets, reason: cpuLimits },
  { scanner: "kube-score", check: "container-resources", where: servers, reason: cpuLimits },
  { scanner: "kube-score", check: "container-cpu-requests-equal-limits", where: servers, reason: cpuLimits },
  { scanner: "kube-score", check: "container-resource-requests-equal-limits", where: servers, reason: cpuLimits },
  {
    scanner: "kube-score",
    check: "container-memory-requests-equal-limits",
    where: servers,
    reason: "A server for development asks for what it begins with. Its limit is what the plan would give a machine of its own, and a laptop cannot set that aside.",
  },
  { scanner: "checkov", check: "CKV_K8S_15", where: serverSets, reason: serverImages },
  { scanner: "checkov", check: "CKV_K8S_43", where: serverSets, reason: serverImages },
  { scanner: "kube-score", check: "container-image-pull-policy", where: servers, reason: serverImages },
  { scanner: "checkov", check: "CKV_K8S_40", where: serverSets, reason: serverUser },
  { scanner: "kube-score", check: "container-security-context-user-group-id", where: servers, reason: serverUser },
  {
    scanner: "checkov",
    check: "CKV_K8S_35",
    where: serverSets,
    reason: "The script that starts the server writes the password into the server's settings, so it needs the value itself; who sees a container's environment sees its files as well.",
  },
  {
    scanner: "kube-score",
    check: "pod-probes-identical",
    where: serverSets,
    reason: "A server that takes connections serves. There is no second question, only more patience before it is ended.",
  },
  {
    scanner: "kube-score",
    check: "statefulset-has-servicename",
    where: serverSets,
    reason: "It has one pod, which is found through the Service in front of it: nobody asks for a pod by a name of its own, for which the Service would have to be headless.",
  },
];
