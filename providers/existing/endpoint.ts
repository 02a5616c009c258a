import type { Egress, Tls } from "../contract";
import { certificatesIn, type ExistingSettings } from "./config";
import { serversNamespace } from "./server";

type Brought = ExistingSettings["database"] | ExistingSettings["sessionCache"];

/** How the certificate of a server that is brought along is verified. */
export function tlsOf({ authority, verify }: Brought): Tls {
  return { ca: authority === "public" ? "public" : [...certificatesIn(authority)], verify };
}

/** The way to a server of the operator's. */
export function egressTo(reason: string, port: number, ranges: readonly string[]): Egress[] {
  return ranges.map((cidr) => ({ reason, cidr, port, protocol: "TCP" }));
}

/** The way to one that the platform runs in the cluster. */
export function egressInside(reason: string, port: number): Egress[] {
  return [{ reason, namespace: serversNamespace, port, protocol: "TCP" }];
}
