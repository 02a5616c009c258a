import { kubeconfigOf } from "../addresses";
import { kubeconfig } from "../kubeconfig";
import { flags, type Service } from "../service";

export function scheduler(): Service {
  const user = "scheduler";
  return {
    name: "scheduler",
    files: { [`kubeconfigs/${user}`]: kubeconfig(user) },
    command: [
      "/opt/kubernetes/kube-scheduler",
      ...flags({ kubeconfig: kubeconfigOf(user), "authentication-kubeconfig": kubeconfigOf(user), "authorization-kubeconfig": kubeconfigOf(user), "leader-elect": false }),
    ],
  };
}
