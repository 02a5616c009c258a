/** A published chart the platform installs. Nothing of it is kept here. */
export interface PublishedChart {
  readonly chart: string;
  readonly version: string;
  /** Repository address of a chart that is not an OCI reference. */
  readonly repository?: string;
  /** Where the version was read, and what it supports. */
  readonly source: string;
}

export const envoyGateway: PublishedChart = {
  chart: "oci://docker.io/envoyproxy/gateway-helm",
  version: "v1.9.0",
  source: "Envoy Gateway's compatibility matrix, August 2026: Gateway API 1.6.1, Kubernetes 1.33 to 1.36",
};

export const certManager: PublishedChart = {
  chart: "oci://quay.io/jetstack/charts/cert-manager",
  version: "v1.21.1",
  source: "cert-manager's releases, August 2026",
};
