import type { Necessity } from "../../necessity";
import { RELEASE } from "./release";

const SERVICE = "kubernetes:core/v1:Service";
const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";
const gatewayController = { type: RELEASE, nameEnds: "-envoy-gateway" } as const;

/**
 * Of any cluster: a load balancer's Service waits for pods behind it, which a controller's release brings, and the route that Moodle's
 * release makes is of a kind the controller brings. Where servers run in the cluster, Moodle installs itself into them.
 */
export const necessities: readonly Necessity[] = [
  { type: SERVICE, nameEnds: "-load-balancer", needs: [], needsNamed: gatewayController },
  { type: SERVICE, nameEnds: "-server-database", needs: [STATEFUL_SET] },
  { type: SERVICE, nameEnds: "-server-sessions", needs: [STATEFUL_SET] },
  { type: RELEASE, nameEnds: "-application-release", needs: [STATEFUL_SET], needsNamed: gatewayController },
];
