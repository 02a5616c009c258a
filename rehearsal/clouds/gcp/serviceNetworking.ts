import { type Behaviour, type CloudObject, type Context } from "../../provider/behaviour";
import { list, text, texts } from "../../provider/properties";
import { assumed, replacedEverywhereBy } from "./facts";
import { live, liveOf, needed, referring, refersTo, refuseProtected } from "./reference";
import { answered, refused } from "./refusals";
import * as tokens from "./tokens";

const PEERING = "servicenetworking-googleapis-com";

/** Private service access: the peering over which a network reaches Google's managed servers. */
export const connection: Behaviour = {
  latency: assumed("1:00", "1:00", "1:00"),
  forceNew: replacedEverywhereBy("servicenetworking/resource_service_networking_connection.go", ["network", "service"]),
  beforeCreate: (inputs, context) => {
    const network = needed(context, tokens.NETWORK, text(inputs, "network") ?? "");
    for (const range of texts(inputs, "reservedPeeringRanges")) refuseRange(range, network, context);
  },
  id: (inputs) => `${text(inputs, "network")}:${text(inputs, "service")}`,
  outputs: () => ({ peering: PEERING }),
  beforeDelete: (object, context) => {
    refuseProtected(object, false, "");
    if (text(object.outputs, "deletionPolicy") === "ABANDON" || users(context, object).length === 0) return;
    throw refused(
      "Unable to remove Service Networking Connection, err: Error waiting for Delete Service Networking Connection: Error code 9, message: Failed to delete connection; Producer services (e.g. CloudSQL, Cloud Memstore, etc.) are still using this connection.",
    );
  },
};

function refuseRange(range: string, network: CloudObject, context: Context): void {
  const found = live(context, tokens.GLOBAL_ADDRESS, range);
  if (found !== undefined && refersTo(text(found.outputs, "network"), network) && text(found.outputs, "purpose") === "VPC_PEERING") return;
  throw answered(400, `Allocated IP range '${range}' not found in network.`, "badRequest");
}

// The server of a deleted database stays in Google's network for days; those of other services go at once.
function users(context: Context, object: CloudObject): readonly CloudObject[] {
  const network = live(context, tokens.NETWORK, text(object.outputs, "network") ?? "");
  if (network === undefined) return [];
  const databases = context.objects.ofType(tokens.SQL_INSTANCE).filter((object) => isIn(object, network));
  const caches = referring(context, tokens.REDIS, "authorizedNetwork", network).filter(({ outputs }) => text(outputs, "connectMode") === "PRIVATE_SERVICE_ACCESS");
  const shares = liveOf(context, tokens.FILESTORE).filter(({ outputs }) =>
    list(outputs, "networks").some((used) => text(used, "connectMode") === "PRIVATE_SERVICE_ACCESS" && refersTo(text(used, "network"), network)),
  );
  return [...databases, ...caches, ...shares];
}

// One that is gone was in an earlier network of the same name if it is older than this.
function isIn({ outputs, createdAt }: CloudObject, network: CloudObject): boolean {
  return createdAt >= network.createdAt && refersTo(text(outputs, "settings.ipConfiguration.privateNetwork"), network);
}

/** Whether a network reaches Google's managed servers, which it does as soon as its connection is ready. */
export function isConnected(context: Context, network: string): boolean {
  const found = live(context, tokens.NETWORK, network);
  if (found === undefined) return false;
  return referring(context, tokens.CONNECTION, "network", found).some(({ status }) => status === "ready" || status === "updating");
}
