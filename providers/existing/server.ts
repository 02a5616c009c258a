import { StatefulSet } from "@pulumi/kubernetes/apps/v1";
import { Namespace, PersistentVolumeClaim, Secret, Service } from "@pulumi/kubernetes/core/v1";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1";
import type { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import type { StatefulResource } from "../../components/config/groups/dataLoss";
import { inGiB, inMiB, type Size } from "../../components/config/size";
import { authorityOf, identityOf } from "./certificates";
import type { Scope } from "./scope";

/** Where the servers are that the platform runs in the cluster itself. */
export const serversNamespace = "servers";

/** The name under which a server is found, and which its certificate carries. */
export function hostOf(role: string): string {
  return `${role}.${serversNamespace}.svc.cluster.local`;
}

export interface ServerArgs {
  /** Name of the Service, and so of the host. */
  readonly role: string;
  readonly holds: StatefulResource;
  readonly image: string;
  readonly runAs: number;
  readonly port: number;
  /** Run by `/bin/sh`: with `/data` to keep things, `/tmp`, the certificate under {@link certificates}, and what `environment` says. */
  readonly script: string;
  /** Kept in a Secret. */
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  readonly disk: Size;
  readonly memory: Size;
  /** Whether it has a certificate of the servers' authority. */
  readonly tls: boolean;
  /** Line of shell that asks it to stop, where SIGTERM is not enough. */
  readonly stop?: string;
}

/** Folder of `tls.crt` and `tls.key`. */
export const certificates = "/certificates";

/** Seconds that a server has to write down what it holds. */
const patience = 60;

/** Servers for those who bring none: one pod each, without a replica and without backups. */
export class Servers {
  /** What must answer before the application starts. */
  readonly ready: pulumi.Resource[] = [];
  private readonly scope: Scope;
  private readonly seed: pulumi.Output<string>;
  private readonly namespace: Namespace;

  constructor(
    foundation: Scope,
    private readonly provider: Provider,
  ) {
    this.scope = foundation.drawer("Servers");
    this.seed = this.password("servers-authority");
    this.namespace = this.createNamespace();
    this.shutOut();
  }

  /** The certificate of the servers' authority: no secret, though what it is made from is. */
  get authority(): pulumi.Output<string> {
    return pulumi.unsecret(this.seed.apply(authorityOf));
  }

  /** A password of letters and digits. Secret. */
  password(role: string): pulumi.Output<string> {
    return pulumi.secret(new RandomPassword(this.scope.named(role), { length: 32, special: false }, this.scope.stateful("keys")).result);
  }

  run(args: ServerArgs): void {
    const { role } = args;
    const labels = this.scope.labels(role);
    const selector = { "app.kubernetes.io/name": role };
    const metadata = { name: role, namespace: this.namespace.metadata.name, labels };
    const secret = this.createSecret(args, metadata);
    const claim = new PersistentVolumeClaim(
      this.scope.named(`server-${role}`),
      {
        metadata,
        spec: {
          accessModes: ["ReadWriteOnce"],
          ...(this.scope.settings.storageClass !== undefined && { storageClassName: this.scope.settings.storageClass }),
          resources: { requests: { storage: `${inGiB(args.disk)}Gi` } },
        },
      },
      this.stateful(args.holds),
    );
    const set = new StatefulSet(
      this.scope.named(`server-${role}`),
      {
        metadata,
        spec: {
          serviceName: role,
          replicas: 1,
          selector: { matchLabels: selector },
          template: {
            // A pod reads its Secret when it starts.
            metadata: { labels, annotations: { secret: secret.metadata.name } },
            spec: podOf(args, secret.metadata.name, claim.metadata.name),
          },
        },
      },
      this.stateful(args.holds),
    );
    const service = new Service(
      this.scope.named(`server-${role}`),
      { metadata, spec: { selector, ports: [{ name: "server", port: args.port, targetPort: args.port }] } },
      this.child({ dependsOn: [set] }),
    );
    this.ready.push(service);
  }

  private createSecret({ role, environment, tls }: ServerArgs, { namespace, labels }: { namespace: pulumi.Input<string>; labels: Record<string, string> }) {
    const identity = this.seed.apply((seed) => identityOf(seed, hostOf(role)));
    return new Secret(
      this.scope.named(`server-${role}`),
      {
        metadata: { namespace, labels },
        immutable: true,
        stringData: { ...environment, ...(tls && { "tls.crt": identity.certificate, "tls.key": identity.key }) },
      },
      this.child(),
    );
  }

  private createNamespace() {
    return new Namespace(
      this.scope.named("servers"),
      {
        metadata: {
          name: serversNamespace,
          labels: { ...this.scope.plan.tags, "pod-security.kubernetes.io/enforce": "restricted", "pod-security.kubernetes.io/warn": "restricted" },
        },
      },
      this.child(),
    );
  }

  /** Only the application reaches the servers. They themselves ask for nothing. */
  private shutOut() {
    new NetworkPolicy(
      this.scope.named("servers"),
      {
        metadata: { name: "servers", namespace: this.namespace.metadata.name },
        spec: {
          podSelector: {},
          policyTypes: ["Ingress", "Egress"],
          ingress: [{ from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": this.scope.plan.workload.namespace } } }] }],
        },
      },
      this.child(),
    );
  }

  private child(opts: pulumi.CustomResourceOptions = {}) {
    return this.scope.child({ ...opts, provider: this.provider });
  }

  private stateful(resource: StatefulResource) {
    return this.scope.stateful(resource, { provider: this.provider });
  }
}

function podOf({ image, runAs, port, script, environment, memory, tls, stop }: ServerArgs, secret: pulumi.Input<string>, claim: pulumi.Input<string>) {
  const reached = { tcpSocket: { port } };
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: patience,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: runAs,
      runAsGroup: runAs,
      fsGroup: runAs,
      fsGroupChangePolicy: "OnRootMismatch",
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [
      {
        name: "server",
        image,
        command: ["/bin/sh", "-c", script],
        env: Object.keys(environment).map((name) => ({ name, valueFrom: { secretKeyRef: { name: secret, key: name } } })),
        ports: [{ name: "server", containerPort: port }],
        // The first start makes the database.
        startupProbe: { ...reached, periodSeconds: 2, failureThreshold: 150 },
        readinessProbe: { ...reached, periodSeconds: 5 },
        livenessProbe: { ...reached, periodSeconds: 20, failureThreshold: 6 },
        ...(stop !== undefined && { lifecycle: { preStop: { exec: { command: ["/bin/sh", "-c", stop] } } } }),
        // What it keeps is on its disk: on the node are its settings and what it logs.
        resources: { requests: { cpu: "50m", memory: "128Mi", "ephemeral-storage": "1Gi" }, limits: { memory: `${inMiB(memory)}Mi`, "ephemeral-storage": "1Gi" } },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, readOnlyRootFilesystem: true },
        volumeMounts: [
          { name: "data", mountPath: "/data" },
          { name: "temporary", mountPath: "/tmp" },
          ...(tls ? [{ name: "certificates", mountPath: certificates, readOnly: true }] : []),
        ],
      },
    ],
    volumes: [
      { name: "data", persistentVolumeClaim: { claimName: claim } },
      { name: "temporary", emptyDir: {} },
      ...(tls ? [{ name: "certificates", secret: { secretName: secret, defaultMode: 0o440, items: ["tls.crt", "tls.key"].map((key) => ({ key, path: key })) } }] : []),
    ],
  };
}
