import { addresses, kubeconfigOf, ports } from "../addresses";
import { kubeconfig } from "../kubeconfig";
import { fileOf, type Service } from "../service";

// Two blocks: in one, the template would answer before the cluster's own names are looked up.
const settings = `cluster.local:${ports.dns} in-addr.arpa:${ports.dns} ip6.arpa:${ports.dns} {
  bind ${addresses.node}
  errors
  kubernetes cluster.local in-addr.arpa ip6.arpa {
    kubeconfig ${kubeconfigOf("coreDns")}
    pods insecure
    ttl 5
  }
}
.:${ports.dns} {
  bind ${addresses.node}
  template ANY ANY {
    rcode NXDOMAIN
  }
}
`;

export function coreDns(): Service {
  return {
    name: "coredns",
    files: { "kubeconfigs/coreDns": kubeconfig("coreDns"), Corefile: settings },
    command: ["/opt/coreDns/coredns", "-conf", fileOf("Corefile")],
  };
}
