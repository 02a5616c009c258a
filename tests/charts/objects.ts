/** As much of Kubernetes' objects as the tests look at. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata & { readonly name: string; readonly namespace?: string; readonly ownerReferences?: readonly object[] };
  readonly spec: Record<string, unknown>;
  readonly data?: Record<string, string>;
}

/** What stands in one document of Helm's output: an object, or some in a list. */
export type Document = KubernetesObject | { readonly kind: "List"; readonly items: readonly KubernetesObject[] };

export function objectsIn(document: Document): readonly KubernetesObject[] {
  return "items" in document ? document.items : [document];
}

export interface Metadata {
  readonly labels: Record<string, string>;
  readonly annotations?: Record<string, string>;
}

export interface Workload {
  readonly kind: string;
  readonly name: string;
  readonly spec: Record<string, unknown>;
  readonly metadata: Metadata;
  readonly pod: PodSpec;
}

export interface PodSpec {
  readonly serviceAccountName: string;
  readonly automountServiceAccountToken: boolean;
  readonly enableServiceLinks: boolean;
  readonly terminationGracePeriodSeconds: number;
  readonly priorityClassName?: string;
  readonly nodeSelector?: Record<string, string>;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly securityContext: SecurityContext & { readonly fsGroup?: number };
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes: readonly Volume[];
}

export interface SecurityContext {
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly seccompProfile?: { readonly type: string };
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly args?: readonly string[];
  readonly restartPolicy?: string;
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
  readonly envFrom?: readonly { readonly configMapRef?: { readonly name: string }; readonly secretRef?: unknown }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number; readonly hostPort?: number }[];
  readonly resources: { readonly requests: Record<string, string>; readonly limits: Record<string, string> };
  readonly securityContext: SecurityContext;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly lifecycle?: { readonly preStop: Record<string, unknown> };
}

export interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string | number };
}

export interface Volume {
  readonly name: string;
  readonly persistentVolumeClaim?: { readonly claimName: string };
  readonly emptyDir?: Record<string, unknown>;
  readonly configMap?: { readonly name: string };
  readonly projected?: { readonly sources: readonly { readonly secret: SecretSource }[] };
}

export interface SecretSource {
  readonly name: string;
  readonly items: readonly { readonly key: string; readonly path: string }[];
}

/** Everything that makes pods. */
export function workloads(objects: readonly KubernetesObject[]): Workload[] {
  return objects
    .filter(({ kind }) => ["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Pod"].includes(kind))
    .map(({ kind, metadata, spec }) => {
      const template = spec["template"] as { metadata: Metadata; spec: PodSpec } | undefined;
      if (template === undefined) throw new Error(`${kind} ${metadata.name} has no pod template where this looks for one`);
      return { kind, name: metadata.name, spec, metadata: template.metadata, pod: template.spec };
    });
}

export function workload(objects: readonly KubernetesObject[], name: string): Workload {
  return only(workloads(objects).filter((one) => one.name === name), name);
}

/** All containers of a pod, in the order in which they start. */
export function containers({ pod }: Workload): Container[] {
  return [...(pod.initContainers ?? []), ...pod.containers];
}

export function container(one: Workload, name: string): Container {
  return only(containers(one).filter((candidate) => candidate.name === name), `${one.name}/${name}`);
}

export function object(objects: readonly KubernetesObject[], kind: string, name: string): KubernetesObject {
  return only(objects.filter((one) => one.kind === kind && one.metadata.name === name), `${kind} ${name}`);
}

/** Literal variables of a container. */
export function variables({ env }: Container): Record<string, string> {
  return Object.fromEntries((env ?? []).map(({ name, value }) => [name, value ?? ""]));
}

/** Kind and name of each, sorted. */
export function names(objects: readonly KubernetesObject[]): string[] {
  return objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();
}

function only<T>(found: readonly T[], what: string): T {
  const [first, ...others] = found;
  if (first === undefined || others.length > 0) throw new Error(`${what}: found ${found.length}, expected one`);
  return first;
}
