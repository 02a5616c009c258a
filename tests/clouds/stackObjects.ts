import type { KubernetesObject } from "../charts/objects";
import { parsed, renderValues } from "../charts/rendering";
import type { Scanned } from "../charts/scanners/findings";
import { committedStacks, graphOf, type Stack } from "../graph/stackProgram";
import type { ResourceNode } from "../support/monitor/graph";
import { revealed, type PropertyMap } from "../support/monitor/value";

const release = "kubernetes:helm.sh/v3:Release";

/**
 * Every Kubernetes object that a stack's program asks for: those of Moodle's chart with the stack's own values, and the
 * plain ones. Not what charts of others consist of.
 */
export async function stackObjects(stack: Stack): Promise<KubernetesObject[]> {
  const { resources } = await graphOf(stack, "update");
  const asked = resources.filter(({ custom, read, type }) => custom && !read && type.startsWith("kubernetes:"));
  const moodle = asked.filter(({ type, inputs }) => type === release && inputs["name"] === "moodle");
  if (moodle.length !== 1) throw new Error(`${stack.name} releases Moodle's chart ${moodle.length} times`);
  return [...asked.filter(({ type }) => type !== release).map(plain), ...(await Promise.all(moodle.map(rendered))).flat()];
}

/** Those of every committed stack. */
export async function everyStacksObjects(): Promise<Scanned[]> {
  const scanned: Scanned[] = [];
  for (const stack of committedStacks()) scanned.push({ name: stack.name, objects: await stackObjects(stack) });
  return scanned;
}

/** An object that Pulumi names is called as the program calls it. */
function plain({ name, inputs }: ResourceNode): KubernetesObject {
  const object = revealed(inputs) as unknown as KubernetesObject;
  return { ...object, metadata: { ...object.metadata, name: object.metadata.name ?? name } };
}

async function rendered({ inputs }: ResourceNode): Promise<KubernetesObject[]> {
  const { values, namespace } = revealed(inputs) as { readonly values: PropertyMap; readonly namespace: string };
  const { succeeded, text } = await renderValues(values, ["--namespace", namespace]);
  if (!succeeded) throw new Error(`the values do not render: ${text}`);
  return parsed(text);
}
