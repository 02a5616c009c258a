import type { Passing } from "./pause";

/**
 * What a new cluster answers until its name, its deployers and its webhooks are known everywhere. By the texts of
 * pulumi-kubernetes 4.34 and of Kubernetes' own client and API server.
 */
const passing = [
  /cluster is unreachable/i,
  /the server has asked for the client to provide credentials/i,
  /\bUnauthorized\b/,
  /no such host/i,
  /connection (refused|reset by peer)/i,
  /TLS handshake timeout/i,
  /failed calling webhook/i,
  /etcdserver: (leader changed|request timed out)/i,
  /the server is currently unable to handle the request/i,
];

/** Refusals of the cluster itself that pass. */
export const passesInCluster: Passing = (refusal) => passing.some((text) => text.test(refusal));
