import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import {
  type RegisterResourceRequest,
  type ResourceInvokeRequest,
  TransformInvokeOptions,
  TransformInvokeRequest,
  TransformInvokeResponse,
  TransformRequest,
  TransformResourceOptions,
  TransformResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import type { Callbacks } from "./callbacks";

/** Runs transforms as the engine does: the resource's own, then those of its ancestors, then those of the stack. */
export class Transforms {
  private readonly ofStack: Callback[] = [];
  private readonly ofInvokes: Callback[] = [];
  private readonly ofResource = new Map<string, Callback[]>();
  private readonly parents = new Map<string, string>();

  constructor(private readonly callbacks: Callbacks) {}

  addForStack(callback: Callback): void {
    this.ofStack.push(callback);
  }

  addForInvokes(callback: Callback): void {
    this.ofInvokes.push(callback);
  }

  /** To be called once a resource has its URN, so that its children find its transforms. */
  remember(urn: string, request: RegisterResourceRequest): void {
    this.parents.set(urn, request.getParent());
    this.ofResource.set(urn, request.getTransformsList());
  }

  async apply(request: RegisterResourceRequest): Promise<void> {
    const chain = [...request.getTransformsList()];
    for (let ancestor = request.getParent(); ancestor !== ""; ancestor = this.parents.get(ancestor) ?? "") {
      chain.push(...(this.ofResource.get(ancestor) ?? []));
    }
    for (const callback of [...chain, ...this.ofStack]) {
      const question = new TransformRequest();
      question.setType(request.getType());
      question.setName(request.getName());
      question.setCustom(request.getCustom());
      question.setParent(request.getParent());
      question.setProperties(request.getObject());
      question.setOptions(optionsOf(request));
      const answer = TransformResponse.deserializeBinary(await this.callbacks.invoke(callback, question.serializeBinary()));
      request.setObject(answer.getProperties());
      const options = answer.getOptions();
      if (options !== undefined) takeOver(request, options);
    }
  }

  async applyToInvoke(request: ResourceInvokeRequest): Promise<void> {
    for (const callback of this.ofInvokes) {
      const question = new TransformInvokeRequest();
      question.setToken(request.getTok());
      question.setArgs(request.getArgs());
      const options = new TransformInvokeOptions();
      options.setProvider(request.getProvider());
      options.setVersion(request.getVersion());
      question.setOptions(options);
      const answer = TransformInvokeResponse.deserializeBinary(await this.callbacks.invoke(callback, question.serializeBinary()));
      request.setArgs(answer.getArgs());
      const changed = answer.getOptions();
      if (changed !== undefined) request.setProvider(changed.getProvider());
    }
  }
}

function optionsOf(request: RegisterResourceRequest): TransformResourceOptions {
  const options = new TransformResourceOptions();
  options.setDependsOnList(request.getDependenciesList());
  if (request.hasProtect()) options.setProtect(request.getProtect() ?? false);
  options.setIgnoreChangesList(request.getIgnorechangesList());
  options.setReplaceOnChangesList(request.getReplaceonchangesList());
  options.setVersion(request.getVersion());
  options.setAliasesList(request.getAliasesList());
  options.setProvider(request.getProvider());
  options.setCustomTimeouts(request.getCustomtimeouts());
  if (request.hasRetainondelete()) options.setRetainOnDelete(request.getRetainondelete() ?? false);
  options.setDeletedWith(request.getDeletedwith());
  options.setReplaceWithList(request.getReplaceWithList());
  if (request.getDeletebeforereplacedefined()) options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  options.setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList());
  options.setHooks(request.getHooks());
  options.setImport(request.getImportid());
  const providers = options.getProvidersMap();
  for (const [name, reference] of request.getProvidersMap().entries()) providers.set(name, reference);
  return options;
}

function takeOver(request: RegisterResourceRequest, options: TransformResourceOptions): void {
  request.setDependenciesList(options.getDependsOnList());
  if (options.hasProtect()) request.setProtect(options.getProtect() ?? false);
  else request.clearProtect();
  request.setIgnorechangesList(options.getIgnoreChangesList());
  request.setReplaceonchangesList(options.getReplaceOnChangesList());
  request.setVersion(options.getVersion());
  request.setAliasesList(options.getAliasesList());
  request.setProvider(options.getProvider());
  request.setCustomtimeouts(options.getCustomTimeouts());
  if (options.hasRetainOnDelete()) request.setRetainondelete(options.getRetainOnDelete() ?? false);
  else request.clearRetainondelete();
  request.setDeletedwith(options.getDeletedWith());
  request.setReplaceWithList(options.getReplaceWithList());
  request.setDeletebeforereplacedefined(options.hasDeleteBeforeReplace());
  request.setDeletebeforereplace(options.getDeleteBeforeReplace() ?? false);
  request.setAdditionalsecretoutputsList(options.getAdditionalSecretOutputsList());
  request.setHooks(options.getHooks());
  request.setImportid(options.getImport());
  const providers = request.getProvidersMap();
  for (const [name, reference] of options.getProvidersMap().entries()) providers.set(name, reference);
}
