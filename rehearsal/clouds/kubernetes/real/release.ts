import { type Behaviour, CloudError, type CloudObject, type Context, NotReady } from "../../../provider/behaviour";
import { flag, number, object, type Properties, text } from "../../../provider/properties";
import { release } from "../release";
import { asLongAsItTakes } from "./objects";
import { helm, type Reach, wordsIn } from "./reach";

/** What Helm says of a release. */
interface Status {
  readonly version: number;
  readonly info: { readonly status: string; readonly description: string };
}

const defaultTimeoutSeconds = 300;

/** `kubernetes.helm.v3.Release` by the real Helm on a real cluster. A release that failed stays, as the real provider leaves it. */
export const realRelease: Behaviour = {
  latency: asLongAsItTakes,
  forceNew: release.forceNew,
  autoName: false,
  check: release.check,
  id: release.id,
  outputs: release.outputs,
  beforeCreate: (inputs, context) => releaseBy("install", inputs, context),
  beforeUpdate: (inputs, _olds, context) => releaseBy("upgrade", inputs, context),
  settle,
  read: async ({ outputs }, context) => ((await statusOf(outputs, context)) === undefined ? undefined : outputs),
  beforeDelete,
};

// Whether what Helm began works, the release's own status tells afterwards.
async function releaseBy(operation: "install" | "upgrade", inputs: Properties, context: Context): Promise<void> {
  const { code, stderr } = await helm(context, [operation, text(inputs, "name") ?? "", text(inputs, "chart") ?? "", ...options(inputs), ...(operation === "upgrade" ? history(inputs) : [])], JSON.stringify(object(inputs, "values")));
  if (code === 0) return;
  const status = await statusOf(inputs, context);
  const begun = status?.info.status === "failed" && status.version > (number(context.previous, "status.revision") ?? 0);
  if (!begun) throw new CloudError("", context.redact(wordsIn(stderr)));
}

function options(inputs: Properties): readonly string[] {
  const has = (name: string, option: string): readonly string[] => (flag(inputs, name) === true ? [option] : []);
  const given = (name: string, option: string): readonly string[] => (text(inputs, name) === undefined ? [] : [option, text(inputs, name) ?? ""]);
  return [
    ...inNamespace(inputs),
    ...["--values", "-"],
    ...["--timeout", `${number(inputs, "timeout") ?? defaultTimeoutSeconds}s`],
    ...(flag(inputs, "skipAwait") === true ? [] : ["--wait"]),
    ...has("waitForJobs", "--wait-for-jobs"),
    ...has("atomic", "--atomic"),
    ...has("skipCrds", "--skip-crds"),
    ...has("createNamespace", "--create-namespace"),
    ...given("repositoryOpts.repo", "--repo"),
  ];
}

// A first installation has none.
function history(inputs: Properties): readonly string[] {
  const most = number(inputs, "maxHistory");
  return most === undefined ? [] : ["--history-max", String(most)];
}

async function settle(inputs: Properties, context: Context): Promise<Properties> {
  const status = await statusOf(inputs, context);
  const held = { ...object(release.outputs?.(inputs, context), "status"), status: status?.info.status ?? "unknown", revision: status?.version ?? 0 };
  if (status?.info.status === "deployed") return { status: held };
  const did = context.previous === undefined ? "was created, but failed" : "failed";
  throw new NotReady([`Helm release "${context.id}" ${did} to initialize completely: ${context.redact(status?.info.description ?? "Helm does not know it")}`], { status: held });
}

async function beforeDelete({ inputs }: CloudObject, context: Context): Promise<void> {
  const { code, stderr } = await helm(context, ["uninstall", text(inputs, "name") ?? "", ...inNamespace(inputs), "--ignore-not-found", "--wait", "--timeout", `${number(inputs, "timeout") ?? defaultTimeoutSeconds}s`]);
  if (code !== 0) throw new CloudError("", context.redact(wordsIn(stderr)));
}

async function statusOf(inputs: Properties, reach: Reach): Promise<Status | undefined> {
  const { code, stdout, stderr } = await helm(reach, ["status", text(inputs, "name") ?? "", ...inNamespace(inputs), "--output", "json"]);
  if (code === 0) return JSON.parse(stdout) as Status;
  if (/not found/.test(stderr)) return undefined;
  throw new CloudError("", reach.redact(wordsIn(stderr)));
}

function inNamespace(inputs: Properties): readonly string[] {
  return ["--namespace", text(inputs, "namespace") ?? "default"];
}
