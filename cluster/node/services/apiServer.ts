import { addresses, certificate, key, ports } from "../addresses";
import { flags, type Service } from "../service";

export function apiServer(): Service {
  return {
    name: "api-server",
    command: [
      "/opt/kubernetes/kube-apiserver",
      ...flags({
        "advertise-address": addresses.node,
        "secure-port": ports.api,
        "etcd-servers": `http://127.0.0.1:${ports.etcd}`,
        "service-cluster-ip-range": addresses.services,
        "authorization-mode": "Node,RBAC",
        "enable-admission-plugins": "NodeRestriction",
        "allow-privileged": true,
        "tls-cert-file": certificate("apiServer"),
        "tls-private-key-file": key("apiServer"),
        "client-ca-file": certificate("ca"),
        "kubelet-certificate-authority": certificate("ca"),
        "kubelet-client-certificate": certificate("apiServerToKubelet"),
        "kubelet-client-key": key("apiServerToKubelet"),
        "kubelet-preferred-address-types": "InternalIP",
        "service-account-issuer": "https://kubernetes.default.svc.cluster.local",
        "service-account-key-file": certificate("serviceAccounts"),
        "service-account-signing-key-file": key("serviceAccounts"),
        // Lets the API server speak for whoever asks it for metrics.
        "requestheader-client-ca-file": certificate("ca"),
        "requestheader-allowed-names": "front-proxy-client",
        "requestheader-username-headers": "X-Remote-User",
        "requestheader-group-headers": "X-Remote-Group",
        "requestheader-extra-headers-prefix": "X-Remote-Extra-",
        "proxy-client-cert-file": certificate("frontProxy"),
        "proxy-client-key-file": key("frontProxy"),
        "enable-aggregator-routing": true,
        // With leases the only API server would keep the address of one that was killed.
        "endpoint-reconciler-type": "master-count",
      }),
    ],
  };
}
