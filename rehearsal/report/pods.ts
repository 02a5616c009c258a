import { shellWord } from "../../toolchain/shellWords";
import { type Answer, service } from "../real/answer";
import type { StandingCluster } from "../real/cluster";
import { namespaces } from "../real/namespaces";

export function answerText({ status, path, host, bytes }: Answer): string {
  return `HTTP ${status} from the pods, GET ${path} of ${host} (${bytes} bytes)`;
}

/** Commands by which a person goes on with a cluster that stays. */
export function waysOn({ kubeconfig, kubectl, remove }: StandingCluster, answer: Answer | undefined): string[] {
  const forward = `${shellWord(kubectl)} --namespace ${namespaces.moodle} port-forward service/${service} 8080:80`;
  return [
    `export KUBECONFIG=${shellWord(kubeconfig)}`,
    forward,
    ...(answer === undefined ? [] : [`curl -H 'Host: ${answer.host}' -H 'X-Forwarded-Proto: https' http://127.0.0.1:8080${answer.path}`]),
    ...(remove === undefined ? [] : [`${remove}  # takes the cluster away`]),
  ];
}
