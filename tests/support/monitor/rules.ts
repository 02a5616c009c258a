import { type ResourceNode, stackType } from "./graph";

/** Refuses what the engine would refuse, with the engine's own wording where it has one. */
export function checkRegistration(node: ResourceNode, known: ReadonlyMap<string, ResourceNode>, hooks: ReadonlySet<string>): void {
  if (known.has(node.urn)) {
    throw new Error(`Duplicate resource URN '${node.urn}'; try giving it a unique name`);
  }
  if (node.parent === undefined && node.type !== stackType) {
    throw new Error(`resource '${node.urn}' has no parent`);
  }
  const named: [string, string | undefined][] = [
    ["parent", node.parent],
    ["deletedWith", node.deletedWith],
    ...node.replaceWith.map((urn): [string, string] => ["replaceWith", urn]),
    ...node.dependencies.map((urn): [string, string] => ["dependency", urn]),
    ...Object.values(node.propertyDependencies).flat().map((urn): [string, string] => ["dependency", urn]),
  ];
  for (const [role, urn] of named) {
    if (urn !== undefined && !known.has(urn)) throw new Error(`could not find ${role} resource ${urn} of ${node.urn}`);
  }
  for (const urn of [node.provider, ...Object.values(node.providers)]) {
    if (urn === undefined) continue;
    const provider = known.get(urn);
    if (provider === undefined || !provider.type.startsWith("pulumi:providers:")) {
      throw new Error(`unknown provider '${urn}' for resource ${node.urn}`);
    }
  }
  for (const hook of Object.values(node.hooks).flat()) {
    if (!hooks.has(hook)) throw new Error(`resource hook "${hook}" of ${node.urn} was not registered`);
  }
}
