import { type Behaviour, type Context } from "../../provider/behaviour";
import { flag, type Properties, text } from "../../provider/properties";
import { assumed, replacedBy } from "./facts";
import { PROJECT_NUMBER, projectOf } from "./place";
import { liveOf, nameProblems } from "./reference";
import { answered, refused } from "./refusals";
import * as tokens from "./tokens";

interface Api {
  readonly service: string;
  /** As in the console. */
  readonly title: string;
  /** The word of the older interfaces for the same refusal. */
  readonly reason?: string;
}

const api = (service: string, title: string, reason?: string): Api => ({ service: `${service}.googleapis.com`, title, reason });

const OLDER = "accessNotConfigured";

/** The interface behind a type, by the module of its token. A type of no module here is of an interface that is always on. */
const APIS: Readonly<Record<string, Api>> = {
  artifactregistry: api("artifactregistry", "Artifact Registry API"),
  backupdisasterrecovery: api("backupdr", "Backup and DR Service API"),
  certificatemanager: api("certificatemanager", "Certificate Manager API"),
  compute: api("compute", "Compute Engine API", OLDER),
  container: api("container", "Kubernetes Engine API"),
  dns: api("dns", "Cloud DNS API", OLDER),
  filestore: api("file", "Cloud Filestore API"),
  gkebackup: api("gkebackup", "Backup for GKE API"),
  kms: api("cloudkms", "Cloud Key Management Service (KMS) API"),
  logging: api("logging", "Cloud Logging API"),
  memorystore: api("memorystore", "Memorystore API"),
  monitoring: api("monitoring", "Cloud Monitoring API"),
  networkconnectivity: api("networkconnectivity", "Network Connectivity API"),
  pubsub: api("pubsub", "Cloud Pub/Sub API"),
  redis: api("redis", "Google Cloud Memorystore for Redis API"),
  secretmanager: api("secretmanager", "Secret Manager API"),
  serviceaccount: api("iam", "Identity and Access Management (IAM) API"),
  servicenetworking: api("servicenetworking", "Service Networking API"),
  sql: api("sqladmin", "Cloud SQL Admin API", OLDER),
};

/** Types whose interface is not that of their module. */
const OTHERS: Readonly<Record<string, Api>> = {
  [tokens.PROJECT_MEMBER]: api("cloudresourcemanager", "Cloud Resource Manager API", OLDER),
  [tokens.CUSTOM_ROLE]: api("iam", "Identity and Access Management (IAM) API"),
};

/** On in every new project. https://cloud.google.com/service-usage/docs/enabled-service#default */
const BY_DEFAULT = ["logging", "monitoring", "serviceusage", "servicemanagement", "storage"].map((name) => `${name}.googleapis.com`);

function apiOf(type: string): Api | undefined {
  return OTHERS[type] ?? APIS[type.split(":")[1]?.split("/")[0] ?? ""];
}

/** Whether a service answers in a project: while it is being switched on it does not yet. */
export function isEnabled(context: Pick<Context, "objects">, project: string, service: string): boolean {
  if (BY_DEFAULT.includes(service)) return true;
  const on = [...liveOf(context, tokens.SERVICE).filter(({ status }) => status === "ready"), ...context.objects.ofType(tokens.ENABLED_SERVICE)];
  return on.some(({ outputs }) => text(outputs, "service") === service && text(outputs, "project") === project);
}

/** @throws CloudError while the interface of a type is not switched on in the provider's project. */
export function refuseDisabled(context: Context): void {
  const found = apiOf(context.type);
  const project = text(context.config, "project");
  if (found === undefined || project === undefined || isEnabled(context, project, found.service)) return;
  const { service, title, reason = "SERVICE_DISABLED" } = found;
  const console = `https://console.developers.google.com/apis/api/${service}/overview?project=${PROJECT_NUMBER}`;
  const [off, on] = [`${title} has not been used in project ${PROJECT_NUMBER} before or it is disabled.`, "If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry."];
  throw answered(403, `${off} Enable it by visiting ${console} then retry. ${on}`, reason);
}

export const service: Behaviour = {
  // The provider waits until the service is listed; what may be slower than the list is counted in.
  latency: assumed("0:40", "0:02", "0:10"),
  forceNew: replacedBy("resourcemanager/resource_google_project_service.go", ["service"]),
  check: (inputs) => nameProblems(inputs, "service", /^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "a service such as compute.googleapis.com"),
  id: (inputs, context) => `${projectOf(inputs, context)}/${text(inputs, "service")}`,
  // Switching on what is on changes nothing.
  overwrites: true,
  beforeDelete: (object, context) => {
    if (!isLetGo(object.inputs)) return;
    const users = context.objects.all().find(({ type, retained }) => retained === undefined && apiOf(type)?.service === text(object.outputs, "service"));
    if (users === undefined || flag(object.inputs, "disableDependentServices") === true) return;
    throw refused(`failed pre-requisites: the service ${text(object.outputs, "service")} is in use by ${users.id}`);
  },
  retainedOnDelete: ({ inputs, outputs, id, name }) => {
    if (isLetGo(inputs)) return [];
    const reason = "the service stays switched on, for whoever else uses it in the project";
    const remove = `gcloud services disable ${text(outputs, "service")} --project ${text(outputs, "project")}`;
    return [{ id, type: tokens.ENABLED_SERVICE, name, reason, outputs, upkeep: { monthly: { usd: 0, why: "a service that is on costs nothing" }, remove } }];
  },
};

function isLetGo(inputs: Properties): boolean {
  return flag(inputs, "disableOnDestroy") === true;
}
