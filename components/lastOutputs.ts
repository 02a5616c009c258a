import { invoke } from "@pulumi/pulumi/runtime";

/**
 * What the last update of a stack left as its outputs, without markers of secrets; nothing before the first one. An update that
 * failed changes only those it got to.
 *
 * Not a `StackReference`: that would be one more resource in the state of the stack it reads.
 *
 * @param stack `<organization>/<project>/<stack>`.
 */
export async function lastOutputs(stack: string): Promise<Readonly<Record<string, unknown>>> {
  const { outputs } = (await invoke("pulumi:pulumi:readStackOutputs", { name: stack })) as { outputs: Record<string, unknown> };
  return outputs;
}
