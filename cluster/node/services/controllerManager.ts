import { addresses, certificate, key } from "../addresses";
import { kubeconfig } from "../kubeconfig";
import { access, flags, type Service } from "../service";

export function controllerManager(): Service {
  const user = "controllerManager";
  return {
    name: "controller-manager",
    files: { [`kubeconfigs/${user}`]: kubeconfig(user) },
    command: [
      "/opt/kubernetes/kube-controller-manager",
      ...flags({
        ...access(user),
        "leader-elect": false,
        "use-service-account-credentials": true,
        "cluster-cidr": addresses.pods,
        "service-cluster-ip-range": addresses.services,
        "root-ca-file": certificate("ca"),
        "service-account-private-key-file": key("serviceAccounts"),
        "cluster-signing-cert-file": certificate("ca"),
        "cluster-signing-key-file": key("ca"),
        // A claim finds its volume within seconds; by default it may take half a minute (measured: 4 s and 31 s).
        "pvclaimbinder-sync-period": "1s",
      }),
    ],
  };
}
