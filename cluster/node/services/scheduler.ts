import { kubeconfig } from "../kubeconfig";
import { access, flags, type Service } from "../service";

export function scheduler(): Service {
  const user = "scheduler";
  return {
    name: "scheduler",
    files: { [`kubeconfigs/${user}`]: kubeconfig(user) },
    command: ["/opt/kubernetes/kube-scheduler", ...flags({ ...access(user), "leader-elect": false })],
  };
}
