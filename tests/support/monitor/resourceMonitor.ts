import * as grpc from "@grpc/grpc-js";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type { IResourceMonitorServer } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { annotated, plantedIn } from "./annotation";
import { Callbacks } from "./callbacks";
import { type InvokeRecord, type Mode, type PlantedSecret, type ResourceNode, stackType } from "./graph";
import { readOf, registered } from "./registration";
import { checkRegistration } from "./rules";
import type { CreateRequest, Simulation } from "./simulation";
import { Transforms } from "./transforms";
import { packageOf, providerReference, urnOf } from "./urn";
import { decodeMap, encodeMap, hasUnknown, type PropertyMap } from "./value";

/** Everything but that the engine holds a function back until what it depends on is there: the SDK does it then, by the ids it knows. */
const features = Object.values(messages.ResourceMonitorFeature).filter(
  (feature) => typeof feature === "number" && feature !== messages.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_INVOKE_DEPENDS_ON,
);

/** The engine's side of a run: answers every registration, records it, and refuses what the engine refuses. */
export class ResourceMonitor {
  readonly resources = new Map<string, ResourceNode>();
  readonly invokes: InvokeRecord[] = [];
  readonly planted: PlantedSecret[] = [];
  readonly refusals: string[] = [];
  /** Called at the first refusal: an engine would now stop the program. */
  onRefusal: () => void = () => undefined;
  private readonly callbacks = new Callbacks();
  private readonly transforms = new Transforms(this.callbacks);
  private readonly hooks = new Map<string, { callback: Callback | undefined; onDryRun: boolean }>();

  constructor(
    private readonly run: {
      project: string;
      stack: string;
      organization: string;
      mode: Mode;
      config: Readonly<Record<string, string>>;
      lastOutputs: PropertyMap;
    },
    private readonly simulation: Simulation,
  ) {}

  close(): void {
    this.callbacks.close();
  }

  /** The methods under which gRPC calls the monitor. */
  service(): IResourceMonitorServer {
    return {
      getDeploymentInfo: this.answer(() => this.deploymentInfo()),
      supportsFeature: this.answer(() => new messages.SupportsFeatureResponse().setHassupport(true)),
      invoke: this.answer((request: messages.ResourceInvokeRequest) => this.invoke(request)),
      call: this.answer((request: messages.ResourceCallRequest) => {
        throw new Error(`${request.getTok()} is a method of a remote component, which this monitor does not simulate`);
      }),
      readResource: this.answer((request: messages.ReadResourceRequest) => this.read(request)),
      registerResource: this.answer((request: messages.RegisterResourceRequest) => this.register(request)),
      registerResourceOutputs: this.answer((request: messages.RegisterResourceOutputsRequest) => this.registerOutputs(request)),
      registerStackTransform: this.answer((request: Callback) => this.noted(this.transforms.addForStack(request))),
      registerStackInvokeTransform: this.answer((request: Callback) => this.noted(this.transforms.addForInvokes(request))),
      registerResourceHook: this.answer((request: messages.RegisterResourceHookRequest) => {
        this.hooks.set(request.getName(), { callback: request.getCallback(), onDryRun: request.getOnDryRun() });
        return new Empty();
      }),
      registerErrorHook: this.answer((request: messages.RegisterErrorHookRequest) => {
        this.hooks.set(request.getName(), { callback: undefined, onDryRun: false });
        return new Empty();
      }),
      registerPackage: this.answer((request: messages.RegisterPackageRequest) =>
        new messages.RegisterPackageResponse().setRef(`${request.getName()}@${request.getVersion()}`),
      ),
      signalAndWaitForShutdown: this.answer(() => new Empty()),
    };
  }

  private deploymentInfo(): messages.DeploymentInfo {
    const info = new messages.DeploymentInfo();
    info.setProject(this.run.project);
    info.setStack(this.run.stack);
    info.setOrganization(this.run.organization);
    info.setDryrun(this.run.mode === "preview");
    info.setSupportedfeaturesList(features);
    return info;
  }

  private async register(request: messages.RegisterResourceRequest): Promise<messages.RegisterResourceResponse> {
    await this.transforms.apply(request);
    const node = registered(request, this.urn(request));
    if (request.getRemote()) {
      throw new Error(`${node.type} ${node.name} is a remote component: its provider would have to run even for a preview`);
    }
    checkRegistration(node, this.resources, new Set(this.hooks.keys()));
    this.resources.set(node.urn, node);
    this.transforms.remember(node.urn, request);
    await this.runHooks(node, "beforeCreate");
    await this.simulate(node);
    await this.runHooks(node, "afterCreate");

    const response = new messages.RegisterResourceResponse();
    response.setUrn(node.urn);
    response.setId(node.id ?? "");
    response.setObject(Struct.fromJavaScript(encodeMap(node.outputs)));
    return response;
  }

  private async simulate(node: ResourceNode): Promise<void> {
    node.outputs = { ...node.inputs };
    if (!node.custom) return;
    const problems = (await this.simulation.check?.(this.question(node))) ?? [];
    if (problems.length > 0) throw new Error(`${node.urn} is refused: ${problems.join("; ")}`);
    if (this.run.mode === "preview") {
      const foreseen = (await this.simulation.preview?.(this.question(node))) ?? node.inputs;
      node.outputs = annotated(node.inputs, foreseen, node.additionalSecretOutputs);
      return;
    }
    if (hasUnknown(node.inputs)) throw new Error(`an input of ${node.urn} is unknown although everything it depends on exists`);
    const answer = await this.simulation.create(this.question(node));
    node.id = node.importId ?? answer.id;
    node.outputs = annotated(node.inputs, answer.outputs, node.additionalSecretOutputs);
    this.planted.push(...plantedIn(node));
  }

  private async read(request: messages.ReadResourceRequest): Promise<messages.ReadResourceResponse> {
    const node = readOf(request, this.urn(request));
    checkRegistration(node, this.resources, new Set(this.hooks.keys()));
    this.resources.set(node.urn, node);
    node.outputs = { ...node.inputs };
    if (this.run.mode === "update") {
      const question = this.question(node);
      const found = await this.simulation.read?.(question, request.getId());
      node.outputs = annotated(node.inputs, found ?? (await this.simulation.create(question)).outputs, node.additionalSecretOutputs);
      this.planted.push(...plantedIn(node));
    }
    const response = new messages.ReadResourceResponse();
    response.setUrn(node.urn);
    response.setProperties(Struct.fromJavaScript(encodeMap(node.outputs)));
    return response;
  }

  private registerOutputs(request: messages.RegisterResourceOutputsRequest): Empty {
    const node = this.resources.get(request.getUrn());
    if (node === undefined) throw new Error(`cannot complete a resource '${request.getUrn()}' that was never registered`);
    node.outputsRegistered = true;
    node.outputs = decodeMap(request.getOutputs()?.toJavaScript());
    return new Empty();
  }

  private async invoke(request: messages.ResourceInvokeRequest): Promise<messages.ResourceInvokeResponse> {
    await this.transforms.applyToInvoke(request);
    const token = request.getTok();
    const args = decodeMap(request.getArgs()?.toJavaScript());
    const provider = request.getProvider() === "" ? undefined : providerReference(request.getProvider()).urn;
    const result = this.ownOutputs(token, args) ?? (await this.simulation.invoke(token, args, this.providerConfig(provider, token)));
    if (result === undefined) {
      throw new Error(`the function ${token} was called and has no canned answer: give one in \`invokes\``);
    }
    this.invokes.push({ token, args, result });
    const response = new messages.ResourceInvokeResponse();
    response.setReturn(Struct.fromJavaScript(encodeMap(result)));
    return response;
  }

  /** The engine's own function, asked by the program about its own stack. */
  private ownOutputs(token: string, { name }: PropertyMap): PropertyMap | undefined {
    if (token !== "pulumi:pulumi:readStackOutputs") return undefined;
    const { organization, project, stack, lastOutputs } = this.run;
    if (name !== `${organization}/${project}/${stack}`) throw new Error(`unknown stack "${String(name)}"`);
    return { name, outputs: lastOutputs };
  }

  private question(node: ResourceNode): CreateRequest {
    const { urn, type, name, inputs } = node;
    return { urn, type, name, inputs, secretOutputs: node.additionalSecretOutputs, providerConfig: this.providerConfig(node.provider, type) };
  }

  private providerConfig(provider: string | undefined, token: string): PropertyMap {
    const explicit = provider === undefined ? undefined : this.resources.get(provider);
    if (explicit !== undefined) return explicit.inputs;
    const prefix = `${packageOf(token)}:`;
    const keys = Object.keys(this.run.config).filter((key) => key.startsWith(prefix));
    return Object.fromEntries(keys.map((key) => [key.slice(prefix.length), this.run.config[key] ?? null]));
  }

  private async runHooks(node: ResourceNode, moment: "beforeCreate" | "afterCreate"): Promise<void> {
    for (const name of node.hooks[moment] ?? []) {
      const hook = this.hooks.get(name);
      if (hook?.callback === undefined || (this.run.mode === "preview" && !hook.onDryRun)) continue;
      const request = new messages.ResourceHookRequest();
      request.setUrn(node.urn);
      request.setId(node.id ?? "");
      request.setName(node.name);
      request.setType(node.type);
      request.setNewInputs(Struct.fromJavaScript(encodeMap(node.inputs)));
      if (moment === "afterCreate") request.setNewOutputs(Struct.fromJavaScript(encodeMap(node.outputs)));
      const answer = messages.ResourceHookResponse.deserializeBinary(await this.callbacks.invoke(hook.callback, request.serializeBinary()));
      if (answer.getError() !== "") throw new Error(`${moment} hook "${name}" failed: ${answer.getError()}`);
    }
  }

  private urn(request: messages.RegisterResourceRequest | messages.ReadResourceRequest): string {
    if (request.getParent() === "" && request.getType() !== stackType) request.setParent(this.stackUrn() ?? "");
    return urnOf({ ...this.run, type: request.getType(), name: request.getName(), parent: request.getParent() || undefined });
  }

  private stackUrn(): string | undefined {
    return [...this.resources.values()].find((node) => node.type === stackType)?.urn;
  }

  private noted(_done: void): Empty {
    return new Empty();
  }

  private answer<Request, Response>(handle: (request: Request) => Response | Promise<Response>): grpc.handleUnaryCall<Request, Response> {
    return (call, callback) => {
      void (async () => handle(call.request))().then(
        (response) => callback(null, response),
        (error: unknown) => {
          const details = error instanceof Error ? error.message : String(error);
          this.refusals.push(details);
          this.onRefusal();
          callback({ code: grpc.status.UNKNOWN, details });
        },
      );
    };
  }
}

