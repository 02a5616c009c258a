import { type Behaviour, type Context, type ForceNew, type Problem } from "../../provider/behaviour";
import { flag, object, type Properties, text, texts } from "../../provider/properties";
import { assumed, replacedBy, replacedEverywhereBy } from "./facts";
import { PROJECT_NUMBER, projectOf } from "./place";
import { labelNameProblems, live, liveOf, nameProblems } from "./reference";
import { answered, refused } from "./refusals";
import * as tokens from "./tokens";

export const serviceAccount: Behaviour = {
  // The provider waits until the account can be read.
  latency: assumed("0:12", "0:02", "0:02"),
  forceNew: replacedBy("resourcemanager/resource_google_service_account.go", ["accountId"]),
  autoName: false,
  check: (inputs) => {
    const name = text(inputs, "accountId");
    if (name !== undefined && (name.length < 6 || name.length > 30)) return [{ property: "accountId", reason: `"account_id" must have 6 to 30 characters, got ${name.length}: ${name}.` }];
    return labelNameProblems(inputs, "accountId", 30);
  },
  id: (inputs, context) => `projects/${projectOf(inputs, context)}/serviceAccounts/${emailOf(inputs, context)}`,
  uniqueBy: emailOf,
  alreadyExists: (email) => `Error creating service account: googleapi: Error 409: Service account ${email.split("@")[0]} already exists within project projects/${email.split("@")[1]?.split(".")[0]}., alreadyExists`,
  outputs: (inputs, context) => ({
    name: context.id,
    email: emailOf(inputs, context),
    member: `serviceAccount:${emailOf(inputs, context)}`,
    uniqueId: `1${context.random.for("id").digits(20)}`,
    disabled: flag(inputs, "disabled") ?? false,
  }),
};

function emailOf(inputs: Properties, context: Pick<Context, "config">): string {
  return `${text(inputs, "accountId")}@${projectOf(inputs, context)}.iam.gserviceaccount.com`;
}

export const customRole: Behaviour = {
  latency: assumed("0:03", "0:03", "0:02"),
  forceNew: replacedBy("resourcemanager/resource_google_project_iam_custom_role.go", ["roleId"]),
  autoName: false,
  check: (inputs) => [
    ...nameProblems(inputs, "roleId", /^[a-zA-Z0-9_.]{3,64}$/, "3 to 64 letters, digits, _ and ."),
    ...texts(inputs, "permissions")
      .filter((permission) => !/^[a-z][a-zA-Z0-9]*(\.[a-zA-Z0-9]+){2,}$/.test(permission))
      .map((permission) => ({ property: "permissions", reason: `Permission ${permission} is not valid.` })),
  ],
  id: roleName,
  uniqueBy: roleName,
  outputs: (_, context) => ({ name: context.id, deleted: false }),
  // https://cloud.google.com/iam/docs/creating-custom-roles#deleting_a_custom_role
  retainedOnDelete: ({ id, type, name }) => [
    { id, type, name, reason: "a deleted role; its name is taken for 44 days", upkeep: { monthly: { usd: 0, why: "a role costs nothing" }, remove: "wait: it goes by itself" } },
  ],
};

function roleName(inputs: Properties, context: Pick<Context, "config">): string {
  return `projects/${projectOf(inputs, context)}/roles/${text(inputs, "roleId")}`;
}

/**
 * One member of one role on something: read, changed and written back as a whole, then asked for until it is the same, so it is
 * there when the provider says so.
 */
export function member(of: string | undefined, type: string | undefined, file: string, prefix = ""): Behaviour {
  const resource = (inputs: Properties, context: Pick<Context, "config">): string => `${prefix}${of === undefined ? projectOf(inputs, context) : (text(inputs, of) ?? "")}`;
  return {
    latency: assumed("0:08", "0:08", "0:08"),
    forceNew: memberForceNew(of, file),
    deleteBeforeReplace: true,
    check: memberProblems,
    beforeCreate: (inputs, context) => {
      const target = text(inputs, of ?? "");
      if (type !== undefined && target !== undefined && live(context, type, target) === undefined) throw answered(404, `The resource '${target}' was not found`, "notFound");
      refuseUnknown(text(inputs, "member") ?? "", context);
    },
    id: (inputs, context) => [resource(inputs, context), text(inputs, "role"), text(inputs, "member"), ...conditionOf(inputs)].join("/"),
    overwrites: true,
    outputs: (_, context) => ({ etag: context.random.for("etag").alphanumeric(12) }),
  };
}

function memberForceNew(of: string | undefined, file: string): ForceNew {
  const paths = ["role", "member", "condition"];
  return of === undefined ? replacedBy(file, paths) : replacedEverywhereBy(file, [of, ...paths]);
}

function conditionOf(inputs: Properties): readonly string[] {
  return inputs.condition === undefined ? [] : [text(object(inputs, "condition"), "title") ?? ""];
}

const MEMBER = /^(user|group|domain|serviceAccount|deleted|principal|principalSet):\S+$|^all(Authenticated)?Users$|^project(Owner|Editor|Viewer):\S+$/;

function memberProblems(inputs: Properties): readonly Problem[] {
  return [
    ...nameProblems(inputs, "member", MEMBER, "user:, group:, domain:, serviceAccount:, principal: or principalSet: and who, or allUsers"),
    ...nameProblems(inputs, "role", /^(roles\/|projects\/[^/]+\/roles\/|organizations\/\d+\/roles\/)[\w.]+$/, "roles/storage.objectUser, or projects/<project>/roles/<role>"),
  ];
}

// Whoever no program made here was there before: people, and a deployer's own account. The pool of a project's pods comes with its first cluster.
function refuseUnknown(who: string, context: Context): void {
  const project = text(context.config, "project") ?? "";
  const pool = `${project}.svc.id.goog`;
  if (who.includes(pool)) {
    if (liveOf(context, tokens.CLUSTER).some(({ status }) => status !== "creating")) return;
    throw answered(400, `Identity Pool does not exist (${pool}). Please check that you specified a valid resource name as returned in the \`name\` attribute in the configuration API.`, "badRequest");
  }
  refuseUnfinished(/^serviceAccount:(.*)$/.exec(who)?.[1], context);
}

/** @throws CloudError while a service account is being made: nobody knows it yet. */
export function refuseUnfinished(email: string | undefined, context: Context): void {
  const unfinished = liveOf(context, tokens.SERVICE_ACCOUNT).some(({ outputs, status }) => status === "creating" && text(outputs, "email") === email);
  if (unfinished) throw answered(400, `Service account ${email} does not exist.`, "badRequest");
}

/** The account in which a service acts in a project, asked for by a program that needs its name before it has done anything. */
export const serviceIdentity: Behaviour = {
  latency: assumed("0:05", "0:05", "0:01"),
  forceNew: replacedBy("resourcemanager/resource_google_project_service_identity.go", ["service"]),
  id: (inputs, context) => `projects/${projectOf(inputs, context)}/services/${text(inputs, "service")}`,
  overwrites: true,
  outputs: (inputs) => {
    const agent = AGENTS[text(inputs, "service") ?? ""];
    if (agent === undefined) throw refused(`no agent of ${text(inputs, "service")} is simulated; simulated are those of ${Object.keys(AGENTS).join(", ")}`);
    const email = `service-${PROJECT_NUMBER}@${agent}`;
    return { email, member: `serviceAccount:${email}` };
  },
};

/** https://cloud.google.com/iam/docs/service-agents */
const AGENTS: Readonly<Record<string, string>> = {
  "sqladmin.googleapis.com": "gcp-sa-cloud-sql.iam.gserviceaccount.com",
  "secretmanager.googleapis.com": "gcp-sa-secretmanager.iam.gserviceaccount.com",
  "redis.googleapis.com": "cloud-redis.iam.gserviceaccount.com",
  "file.googleapis.com": "cloud-filer.iam.gserviceaccount.com",
  "artifactregistry.googleapis.com": "gcp-sa-artifactregistry.iam.gserviceaccount.com",
  "servicenetworking.googleapis.com": "service-networking.iam.gserviceaccount.com",
  "container.googleapis.com": "container-engine-robot.iam.gserviceaccount.com",
};
