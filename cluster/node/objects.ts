import { addresses, ports } from "./addresses";
import { volumes } from "./volumes";

/** What makes the programs of the node that answer to pods and to the API server Services of the cluster, and its folders volumes. */
export function clusterObjects(node: string, authority: string): object {
  const metrics = { name: "metrics-server", port: 443, targetPort: ports.metrics, protocol: "TCP" };
  const dns = ["UDP", "TCP"].map((protocol) => ({ name: `dns-${protocol.toLowerCase()}`, port: ports.dns, targetPort: ports.dns, protocol }));
  const items = [
    ...served("kube-dns", addresses.dns, dns),
    ...served("metrics-server", addresses.metrics, [metrics]),
    {
      apiVersion: "apiregistration.k8s.io/v1",
      kind: "APIService",
      metadata: { name: "v1beta1.metrics.k8s.io" },
      spec: {
        group: "metrics.k8s.io",
        version: "v1beta1",
        groupPriorityMinimum: 100,
        versionPriority: 100,
        service: { namespace: "kube-system", name: "metrics-server" },
        caBundle: Buffer.from(authority).toString("base64"),
      },
    },
    ...volumes(node),
  ];
  return { apiVersion: "v1", kind: "List", items };
}

interface ServedPort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number;
  readonly protocol: string;
}

// A Service without a selector: what stands behind it is no pod.
function served(name: string, clusterIP: string, served: readonly ServedPort[]): object[] {
  const metadata = { name, namespace: "kube-system" };
  const behind = served.map(({ name: port, targetPort, protocol }) => ({ name: port, port: targetPort, protocol }));
  return [
    { apiVersion: "v1", kind: "Service", metadata, spec: { clusterIP, ports: served } },
    {
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { ...metadata, labels: { "kubernetes.io/service-name": name } },
      addressType: "IPv4",
      endpoints: [{ addresses: [addresses.node], conditions: { ready: true } }],
      ports: behind,
    },
  ];
}
