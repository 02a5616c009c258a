import { certificate, key, ports } from "../addresses";
import { kubeconfig } from "../kubeconfig";
import { access, flags, type Service } from "../service";

export function metricsServer(): Service {
  const user = "metricsServer";
  return {
    name: "metrics-server",
    files: { [`kubeconfigs/${user}`]: kubeconfig(user) },
    command: [
      "/opt/metricsServer/metrics-server",
      ...flags({
        ...access(user),
        "secure-port": ports.metrics,
        "tls-cert-file": certificate(user),
        "tls-private-key-file": key(user),
        "kubelet-certificate-authority": certificate("ca"),
        "kubelet-preferred-address-types": "InternalIP",
        // The quickest that it takes; the time for an answer has to be shorter.
        "metric-resolution": "15s",
        "kubelet-request-timeout": "5s",
      }),
    ],
  };
}
