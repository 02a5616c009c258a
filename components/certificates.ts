import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { Namespace } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { CloudFoundation } from "../providers/contract";
import { certificateSecret } from "./gateway";
import type { PlatformPlan } from "./plan/platformPlan";
import { publishedChart } from "./publishedChart";

export interface CertificatesArgs {
  readonly plan: PlatformPlan;
  readonly foundation: CloudFoundation;
  readonly gatewayNamespace: Namespace;
  /** The gateway's controller: it brings the kinds of objects that certificates over HTTP need. */
  readonly controller: pulumi.Resource;
}

const certificatesApi = "cert-manager.io/v1";

/**
 * Certificates that come and renew by themselves, or nothing where the operator keeps the Secret. An update never waits
 * for a certificate: over HTTP it can only be issued once somebody has pointed the name here.
 */
export class Certificates extends pulumi.ComponentResource {
  constructor(name: string, { plan, foundation, ...args }: CertificatesArgs, opts: pulumi.ComponentResourceOptions) {
    super("moodle:platform:Certificates", name, {}, opts);
    const { tls, acmeEmail, certManager, certificatesNamespace } = plan.clusterServices;
    const { provider, cluster } = foundation.kubernetes;
    const inCluster = { parent: this, provider, deletedWith: cluster };
    const gatewayNamespace = args.gatewayNamespace.metadata.name;
    const solver = foundation.certificates;
    if (tls.source === "acme") {
      const controller = createController();
      const issuer = createIssuer(controller);
      createCertificate(issuer);
    }
    this.registerOutputs({});

    function createController() {
      const namespace = new Namespace(
        `${name}-namespace`,
        { metadata: { name: certificatesNamespace } },
        inCluster,
      );
      return publishedChart(
        `${name}-cert-manager`,
        certManager,
        {
          namespace: namespace.metadata.name,
          values: {
            crds: { enabled: true, keep: true },
            config: { enableGatewayAPI: true },
            serviceAccount: {
              name: plan.foundation.workload.certificates.serviceAccount,
              annotations: solver?.serviceAccountAnnotations ?? {},
            },
            podLabels: solver?.podLabels ?? {},
            // Pods get an identity when they start: another way to prove ownership is another pod.
            podAnnotations: { solver: pulumi.jsonStringify(solver?.solver ?? {}) },
          },
        },
        // After the Gateway API's kinds exist: the controller looks for them once, when it starts.
        { ...inCluster, dependsOn: [args.controller, ...(solver?.ready ?? [])] },
      );
    }

    function createIssuer(controller: pulumi.Resource) {
      return new CustomResource(
        `${name}-issuer`,
        {
          apiVersion: certificatesApi,
          kind: "ClusterIssuer",
          metadata: { name: "acme" },
          spec: {
            acme: {
              server: tls.acmeServer,
              email: acmeEmail,
              privateKeySecretRef: { name: "acme-account" },
              solvers: [solver?.solver ?? overHttp(gatewayNamespace)],
            },
          },
        },
        { ...inCluster, dependsOn: [controller] },
      );
    }

    function createCertificate(issuer: CustomResource) {
      const { hostname } = plan.foundation.ingress;
      return new CustomResource(
        `${name}-site`,
        {
          apiVersion: certificatesApi,
          kind: "Certificate",
          metadata: { name: "site", namespace: gatewayNamespace },
          spec: {
            secretName: certificateSecret(plan),
            dnsNames: [hostname],
            privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
            issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: issuer.metadata.name },
          },
        },
        inCluster,
      );
    }
  }
}

function overHttp(namespace: pulumi.Output<string>) {
  return {
    http01: { gatewayHTTPRoute: { parentRefs: [{ kind: "Gateway", name: "public", namespace, sectionName: "http" }] } },
  };
}
