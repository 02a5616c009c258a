import { type Behaviour, CloudError, type CloudObject, type Context, type Latency } from "../../../provider/behaviour";
import { type Properties, text } from "../../../provider/properties";
import { apiTypeOf } from "../apiTypes";
import { forceNewOf } from "../immutable";
import { checkName, idOf, keepsName } from "../naming";
import { becomeReady, targetOf } from "./awaiting";
import { attempt, kubectl, type Reach, wordsIn } from "./reach";

/** A real cluster takes the time it takes. */
export const asLongAsItTakes: Latency = { create: 0, update: 0, delete: 0, source: { basis: "measured", from: "a real cluster" } };

/** Whose fields they are, as server-side apply asks. */
const owner = ["--server-side", "--force-conflicts", "--field-manager=pulumi-kubernetes"];

/** How objects of a type come and go in a real cluster: by kubectl, in the order and with the waiting of the real provider. */
export function realObject(token: string): Behaviour {
  const type = apiTypeOf(token);
  return {
    latency: asLongAsItTakes,
    forceNew: forceNewOf(token),
    autoName: false,
    deleteBeforeReplace: keepsName,
    check: checkName,
    id: (inputs) => idOf(inputs),
    outputs: (inputs) => inputs,
    beforeCreate,
    beforeUpdate: (inputs, _olds, context) => apply(inputs, context),
    settle,
    read: async ({ outputs }, context) => {
      const now = await live(outputs, context);
      // The server does not give back all it was given, such as `stringData`.
      return now && { ...outputs, ...now };
    },
    beforeDelete,
  };

  async function beforeCreate(inputs: Properties, context: Context): Promise<void> {
    if ((await live(inputs, context)) !== undefined) throw new CloudError("", `${targetOf(type, inputs)[0]} already exists`);
    await apply(inputs, context);
  }

  async function settle(inputs: Properties, context: Context): Promise<Properties | undefined> {
    await becomeReady(type, inputs, context);
    return live(inputs, context);
  }

  async function beforeDelete({ inputs }: CloudObject, context: Context): Promise<void> {
    const timeout = `--timeout=${Math.round(context.patience(10) * 60)}s`;
    await kubectl(context, ["delete", ...targetOf(type, inputs), "--ignore-not-found", "--wait", timeout]);
  }

  /** The object as the API server has it; undefined where it has none. */
  async function live(inputs: Properties, reach: Reach): Promise<Properties | undefined> {
    const { code, stdout, stderr } = await attempt(reach, ["get", ...targetOf(type, inputs), "--ignore-not-found", "--output", "json"]);
    if (code !== 0) throw new CloudError("", reach.redact(wordsIn(stderr)));
    return stdout.trim() === "" ? undefined : (JSON.parse(stdout) as Properties);
  }
}

async function apply(inputs: Properties, reach: Reach): Promise<void> {
  await kubectl(reach, ["apply", ...owner, "--filename", "-", ...inNamespace(inputs)], JSON.stringify(inputs));
}

function inNamespace(inputs: Properties): readonly string[] {
  const namespace = text(inputs, "metadata.namespace");
  return namespace === undefined ? [] : ["--namespace", namespace];
}
