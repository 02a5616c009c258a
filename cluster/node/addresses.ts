/** Addresses inside a node's own network. Every node has the same: nothing leads from one to another, or to this machine. */
export const addresses = {
  node: "10.200.0.10",
  /** The node's own network. */
  nodeNetwork: "10.200.0.0/24",
  nodePrefix: 24,
  pods: "10.244.0.0/24",
  /** The node itself, to its pods: the first of their addresses, by the bridge's own rule. */
  podGateway: "10.244.0.1",
  services: "10.96.0.0/16",
  /** The first of the services' addresses, by Kubernetes' own rule. */
  api: "10.96.0.1",
  dns: "10.96.0.10",
  metrics: "10.96.0.11",
} as const;

export const ports = { api: 6443, etcd: 2379, dns: 53, metrics: 4443 } as const;

/** Where a node has what was rendered for it, and the sockets and logs that this machine sees as well. */
export const nodeFolder = "/node";

export const certificate = (name: string): string => `${nodeFolder}/certificates/${name}.pem`;
export const key = (name: string): string => `${nodeFolder}/certificates/${name}.key`;
export const kubeconfigOf = (name: string): string => `${nodeFolder}/kubeconfigs/${name}`;
