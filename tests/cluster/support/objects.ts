/** What pods of a namespace may do: `restricted` as Moodle's may, or `baseline`, where a pod may also be root's. */
export type PodSecurity = "restricted" | "baseline";

/** A namespace that lets no other pods in. */
export function namespaceOf(name: string, level: PodSecurity = "restricted"): object {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { "pod-security.kubernetes.io/enforce": level } } };
}

/** What a container of such a namespace has to say of itself, and what ours say besides. */
export const restricted = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, readOnlyRootFilesystem: true };

export interface ContainerRequest {
  readonly image: string;
  /** A line for busybox's shell. */
  readonly script: string;
  /** Further parts of the container, as `resources`. */
  readonly more?: object;
}

/** What a pod of one container says that may run anywhere. */
export function podSpec({ image, script, more = {} }: ContainerRequest, others: object = {}): object {
  const container = { name: "main", image, imagePullPolicy: "IfNotPresent", command: ["/busybox", "sh", "-c", script], securityContext: restricted, ...more };
  return {
    containers: [container],
    securityContext: { runAsNonRoot: true, runAsUser: 10033, runAsGroup: 10033, seccompProfile: { type: "RuntimeDefault" } },
    terminationGracePeriodSeconds: 0,
    ...others,
  };
}

export function pod(namespace: string, name: string, request: ContainerRequest, others: object = {}): object {
  return { apiVersion: "v1", kind: "Pod", metadata: { namespace, name }, spec: podSpec(request, { restartPolicy: "Never", ...others }) };
}

export function deployment(namespace: string, name: string, replicas: number, request: ContainerRequest): object {
  const labels = { app: name };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { namespace, name },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: podSpec(request) } },
  };
}

export function service(namespace: string, name: string, port: number, others: object = {}): object {
  return { apiVersion: "v1", kind: "Service", metadata: { namespace, name }, spec: { selector: { app: name }, ports: [{ port }], ...others } };
}
