import { addresses, kubeconfigOf } from "../addresses";
import { kubeconfig } from "../kubeconfig";
import { fileOf, flags, json, type Service } from "../service";

export function kubeProxy(node: string): Service {
  const user = "kubeProxy";
  const configuration = {
    kind: "KubeProxyConfiguration",
    apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
    mode: "iptables",
    hostnameOverride: node,
    clusterCIDR: addresses.pods,
    clientConnection: { kubeconfig: kubeconfigOf(user) },
    // Limits of connection tracking are this machine's, not the node's.
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: "0s", tcpCloseWaitTimeout: "0s" },
    oomScoreAdj: 0,
  };
  return {
    name: "kube-proxy",
    files: { [`kubeconfigs/${user}`]: kubeconfig(user), "kubeProxy.json": json(configuration) },
    command: ["/opt/kubernetes/kube-proxy", ...flags({ config: fileOf("kubeProxy.json") })],
  };
}
