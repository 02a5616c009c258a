import { type Behaviour, type Context } from "../../provider/behaviour";
import { flag, type Properties, text } from "../../provider/properties";
import { momentary, replacedBy, replacedEverywhereBy } from "./facts";
import { PROJECT_NUMBER, projectOf } from "./place";
import { live, liveWhere, nameProblems, needed, refuseProtected } from "./reference";
import { answered, taken } from "./refusals";
import * as tokens from "./tokens";

const LARGEST = 65_536;

export const secret: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("secretmanager/resource_secret_manager_secret.go", ["secretId", "tags"], {
    when: replicatedOtherwise,
    inWords: "`replication`, except for the key of what is there",
  }),
  autoName: false,
  check: (inputs) => nameProblems(inputs, "secretId", /^[a-zA-Z0-9_-]{1,255}$/, "up to 255 letters, digits, - and _"),
  id: secretPath,
  uniqueBy: secretPath,
  alreadyExists: (id) => `Error creating Secret: ${taken(id)}`,
  outputs: (inputs, context) => ({
    name: `projects/${PROJECT_NUMBER}/secrets/${text(inputs, "secretId")}`,
    createTime: text(context.previous, "createTime") ?? context.timestamp,
    expireTime: text(inputs, "expireTime") ?? "",
  }),
  beforeDelete: (object) => {
    const held = flag(object.outputs, "deletionProtection") === true;
    refuseProtected(object, held, "cannot destroy Secret Manager Secret without setting deletion_protection=false and running `terraform apply`");
  },
  // Gone at once, with every version: there is no window in which it could be restored.
  afterDelete: (object, context) => {
    for (const { type, id } of liveWhere(context, tokens.SECRET_VERSION, "secret", object.id)) context.drop(type, id);
  },
};

function replicatedOtherwise(olds: Properties, news: Properties): readonly string[] {
  const shape = (inputs: Properties): string => JSON.stringify(inputs.replication, (key, value: unknown) => (key === "customerManagedEncryption" ? undefined : value));
  return shape(olds) === shape(news) ? [] : ["replication"];
}

function secretPath(inputs: Properties, context: Pick<Context, "config">): string {
  return `projects/${projectOf(inputs, context)}/secrets/${text(inputs, "secretId")}`;
}

export const secretVersion: Behaviour = {
  latency: momentary,
  forceNew: replacedEverywhereBy("secretmanager/resource_secret_manager_secret_version.go", ["secret", "secretData", "secretDataWoVersion", "isSecretDataBase64"]),
  check: (inputs) => {
    const value = text(inputs, "secretData") ?? "";
    return Buffer.byteLength(value) <= LARGEST ? [] : [{ property: "secretData", reason: `a version holds up to ${LARGEST} bytes.` }];
  },
  beforeCreate: (inputs, context) => {
    needed(context, tokens.SECRET, text(inputs, "secret") ?? "");
    if (text(inputs, "secretData") === "") throw answered(400, "Secret Payload cannot be empty.", "badRequest");
  },
  id: (inputs, context) => {
    const name = live(context, tokens.SECRET, text(inputs, "secret") ?? "")?.outputs.name;
    const made = context.objects.ofType(tokens.SECRET_VERSION).filter(({ outputs }) => text(outputs, "secret") === text(inputs, "secret"));
    const last = Math.max(0, ...made.map(({ outputs }) => Number(text(outputs, "version"))));
    return `${typeof name === "string" ? name : ""}/versions/${last + 1}`;
  },
  outputs: (_, context) => ({
    name: context.id,
    version: context.id.split("/").at(-1),
    createTime: text(context.previous, "createTime") ?? context.timestamp,
    destroyTime: "",
  }),
};
