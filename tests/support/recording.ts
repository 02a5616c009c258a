import * as pulumi from "@pulumi/pulumi";
import { getMonitor } from "@pulumi/pulumi/runtime/settings";

type Properties = Record<string, unknown>;

/** A resource as its component registered it. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly custom: boolean;
  readonly parent: string;
  /** Without markers; outputs of other resources resolved. */
  readonly inputs: Properties;
  /** Top-level inputs that arrived as secrets. */
  readonly secretInputs: readonly string[];
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly dependencies: readonly string[];
  readonly ignoreChanges: readonly string[];
  readonly deleteBeforeReplace: boolean;
  readonly deletedWith: string;
  readonly provider: string;
  readonly timeouts: { readonly create?: string; readonly update?: string; readonly delete?: string };
}

export interface Recording<T> {
  readonly value: T;
  readonly resources: readonly Recorded[];
}

/** What the clouds answer: outputs by type on top of the inputs, and results of functions by token. */
export interface Answers {
  readonly outputs: (type: string, name: string, inputs: Properties, provider: string) => Properties | Promise<Properties>;
  /** Default: the name and `-id`. */
  readonly id?: (type: string, name: string) => string;
  readonly invokes: Readonly<Record<string, (args: Properties) => Properties>>;
}

const secretMark = "4dabf18193072939515e22adb298388d";

/**
 * Builds something without an engine and keeps what it registered, after everything has settled.
 *
 * @throws where a function is called that has no answer.
 */
export async function record<T>(build: () => T, answers: Answers): Promise<Recording<T>> {
  await pulumi.runtime.setMocks(
    {
      newResource: async ({ type, name, inputs, custom, provider }) => {
        const outputs = await answers.outputs(type, name, inputs as Properties, provider ?? "");
        const id = answers.id?.(type, name) ?? `${name}-id`;
        return { id: custom === false ? undefined : id, state: { ...(inputs as Properties), ...outputs } };
      },
      call: ({ token, inputs }) => {
        const answer = answers.invokes[token];
        if (answer === undefined) throw new Error(`${token} was called and has no answer in this test`);
        return answer(inputs as Properties);
      },
    },
    "project",
    "stack",
    false,
  );
  const requests = listen();
  const { stackTraceLimit } = Error;
  // Most of the time would go into the stack the SDK keeps for every resource and output.
  Error.stackTraceLimit = 0;
  try {
    const value = build();
    await pulumi.runtime.disconnect();
    return { value, resources: await Promise.all(requests) };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Notes every request together with the URN it is answered with. */
function listen(): Promise<Recorded>[] {
  const monitor = getMonitor();
  if (monitor === undefined) throw new Error("the SDK has no monitor although mocks are set");
  const noted: Promise<Recorded>[] = [];
  const register = monitor.registerResource.bind(monitor) as (request: Request, done: Done) => unknown;
  const wrapped = (request: Request, done: Done) => {
    noted.push(
      new Promise((resolve) => {
        register(request, (error, response) => {
          done(error, response);
          if (error === null) resolve(recorded(request, response.getUrn()));
        });
      }),
    );
  };
  // The mocks of the SDK know nothing of hooks; without an engine nothing fails, so none is ever called.
  const registerErrorHook = (_hook: unknown, done: (error: null, response: undefined) => void) => done(null, undefined);
  Object.assign(monitor, { registerResource: wrapped, registerErrorHook });
  return noted;
}

type Request = import("@pulumi/pulumi/proto/resource_pb").RegisterResourceRequest;
type Response = import("@pulumi/pulumi/proto/resource_pb").RegisterResourceResponse;
type Done = (error: Error | null, response: Response) => void;

function recorded(request: Request, urn: string): Recorded {
  const inputs = (request.getObject()?.toJavaScript() ?? {}) as Properties;
  const timeouts = request.getCustomtimeouts();
  return {
    type: request.getType(),
    name: request.getName(),
    urn,
    custom: request.getCustom(),
    parent: request.getParent(),
    inputs: withoutMarks(inputs) as Properties,
    secretInputs: Object.keys(inputs).filter((key) => isMarked(inputs[key])),
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    dependencies: request.getDependenciesList(),
    ignoreChanges: request.getIgnorechangesList(),
    deleteBeforeReplace: request.getDeletebeforereplace() ?? false,
    deletedWith: request.getDeletedwith(),
    provider: request.getProvider(),
    timeouts: { create: timeouts?.getCreate(), update: timeouts?.getUpdate(), delete: timeouts?.getDelete() },
  };
}

function isMarked(value: unknown): value is { readonly value: unknown } {
  return typeof value === "object" && value !== null && secretMark in value;
}

/** @returns the value without the marks of secrets. */
export function withoutMarks(value: unknown): unknown {
  if (isMarked(value)) return withoutMarks(value.value);
  if (Array.isArray(value)) return value.map(withoutMarks);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutMarks(each)]));
}

/** @returns what an output resolves to. */
export function resolved<T>(output: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
  return new Promise((resolve) => pulumi.output(output).apply((value) => resolve(value)));
}
