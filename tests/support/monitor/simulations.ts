import type { CreateRequest, Simulation } from "./simulation";
import { packageOf } from "./urn";
import type { PropertyMap } from "./value";

/** Several clouds at once, each asked for what belongs to its package. */
export class Simulations implements Simulation {
  constructor(
    private readonly byPackage: Readonly<Record<string, Simulation>>,
    private readonly rest: Simulation,
  ) {}

  check(request: CreateRequest): Promise<string[]> {
    return this.of(request.type).check?.(request) ?? Promise.resolve([]);
  }

  preview(request: CreateRequest): Promise<PropertyMap> {
    return this.of(request.type).preview?.(request) ?? Promise.resolve(request.inputs);
  }

  create(request: CreateRequest): Promise<{ id: string; outputs: PropertyMap }> {
    return this.of(request.type).create(request);
  }

  async read(request: CreateRequest, id: string): Promise<PropertyMap> {
    const simulation = this.of(request.type);
    return (await simulation.read?.(request, id)) ?? (await simulation.create(request)).outputs;
  }

  invoke(token: string, args: PropertyMap, providerConfig: PropertyMap): Promise<PropertyMap | undefined> {
    return this.of(token).invoke(token, args, providerConfig);
  }

  // A provider is no resource of its own cloud.
  private of(token: string): Simulation {
    return token.startsWith("pulumi:providers:") ? this.rest : (this.byPackage[packageOf(token)] ?? this.rest);
  }
}
