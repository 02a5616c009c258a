import { restricted, service } from "./objects";
import type { TestNode } from "./testNode";

/** The namespace of all servers, apart from the site's. */
export const namespace = "servers";

/** Where a server finds its certificate and key, as `tls.crt` and `tls.key`. */
export const certificates = "/certificates";

/** The name by which the site's pods reach a server. */
export const hostOf = (name: string): string => `${name}.${namespace}.svc.cluster.local`;

export interface ServerRequest {
  readonly name: string;
  readonly image: string;
  /** User and group it runs as. */
  readonly ids: readonly [number, number];
  /** A line for its shell; the passwords are in variables. */
  readonly script: string;
  readonly port: number;
  readonly variables: Readonly<Record<string, string>>;
  /** Files of its own, below /program. */
  readonly program?: Readonly<Record<string, string>>;
}

/** Makes the address of a server that is not there yet. @returns it, for the server's certificate */
export async function reserve(node: TestNode, name: string, port: number): Promise<string> {
  await node.apply(service(namespace, name, port));
  return node.kubectl("get", "service", "--namespace", namespace, name, "--output", "jsonpath={.spec.clusterIP}");
}

/** The objects of a server that speaks TLS. */
export function server({ name, image, ids: [user, group], script, port, variables, program = {} }: ServerRequest, certificate: { certificate: string; key: string }): object[] {
  const labels = { app: name };
  const metadata = { namespace, name };
  const container = {
    name: "server",
    image,
    command: ["/bin/sh", "-c", script],
    env: Object.keys(variables).map((key) => ({ name: key, valueFrom: { secretKeyRef: { name, key } } })),
    readinessProbe: { tcpSocket: { port }, periodSeconds: 1 },
    securityContext: restricted,
    volumeMounts: [
      { name: "data", mountPath: "/data" },
      { name: "temporary", mountPath: "/tmp" },
      { name: "certificates", mountPath: certificates, readOnly: true },
      { name: "program", mountPath: "/program", readOnly: true },
    ],
  };
  const spec = {
    containers: [container],
    securityContext: { runAsNonRoot: true, runAsUser: user, runAsGroup: group, fsGroup: group, seccompProfile: { type: "RuntimeDefault" } },
    terminationGracePeriodSeconds: 1,
    volumes: [
      { name: "data", emptyDir: {} },
      { name: "temporary", emptyDir: {} },
      { name: "certificates", secret: { secretName: name, defaultMode: 0o440, items: ["tls.crt", "tls.key"].map((key) => ({ key, path: key })) } },
      { name: "program", configMap: { name } },
    ],
  };
  return [
    { apiVersion: "v1", kind: "Secret", metadata, stringData: { "tls.crt": certificate.certificate, "tls.key": certificate.key, ...variables } },
    { apiVersion: "v1", kind: "ConfigMap", metadata, data: program },
    { apiVersion: "apps/v1", kind: "Deployment", metadata, spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } } },
  ];
}
