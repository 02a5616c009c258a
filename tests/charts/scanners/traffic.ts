import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { runCommand } from "../../../toolchain/command";
import { obtainCyclonus } from "../../../toolchain/cyclonus";
import { silent } from "../../../toolchain/setup/progress.cjs";
import type { KubernetesObject } from "../objects";
import type { Party, Port } from "./parties";

/** One question: may this be sent? */
export interface Traffic extends Port {
  readonly from: Party;
  readonly to: Party;
}

/**
 * What Cyclonus says of each, in the same order.
 *
 * @param objects of which the NetworkPolicies are looked at.
 * @throws when it does not answer each of them
 */
export async function allowed(objects: readonly KubernetesObject[], traffic: readonly Traffic[]): Promise<boolean[]> {
  const { binary } = await obtainCyclonus(silent);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chart-traffic-"));
  try {
    const [policies, questions] = [path.join(folder, "policies.json"), path.join(folder, "traffic.json")];
    const items = objects.filter(({ kind }) => kind === "NetworkPolicy");
    fs.writeFileSync(policies, JSON.stringify({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicyList", items }));
    fs.writeFileSync(questions, JSON.stringify(traffic.map(question)));
    const { code, stdout, stderr } = await runCommand(binary, ["analyze", "--mode", "query-traffic", "--policy-path", policies, "--traffic-path", questions]);
    const answers = [...stdout.matchAll(/IS ALLOWED\?\s*\|\s*(TRUE|FALSE)/g)].map(([, answer]) => answer === "TRUE");
    if (code !== 0 || answers.length !== traffic.length) throw new Error(`Cyclonus answered ${answers.length} of ${traffic.length}: ${stderr}`);
    return answers;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function question({ from, to, number, protocol }: Traffic): object {
  return { Source: peer(from), Destination: peer(to), ResolvedPort: number, ResolvedPortName: to.portNames[number] ?? "", Protocol: protocol };
}

function peer({ pod, address }: Party): object {
  if (pod === undefined) return { IP: address };
  return { IP: address, Internal: { Namespace: pod.namespace, NamespaceLabels: pod.namespaceLabels, PodLabels: pod.labels } };
}
