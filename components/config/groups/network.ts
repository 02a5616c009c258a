import { z } from "zod";
import type { Environment } from "../environment";
import { inPlace, key, refused, replaces } from "../key";
import { addressRange } from "../text";

/** The platform's own network. */
export function networkGroup(environment: Environment) {
  return z.strictObject({
    range: key(
      addressRange.default("10.64.0.0/16"),
      "Addresses of the whole network, /16 to /18. Must not overlap networks it will be peered with.",
      refused("the network and all that lives in it would be replaced"),
    ),
    zones: key(
      z.int().min(2).max(3).default(3),
      "Availability zones with subnets.",
      refused("subnets hold the database and the caches"),
    ),
    natPerZone: key(
      z.boolean().default(environment === "production"),
      "Way out to the internet survives the failure of a zone. One zone's is cheaper.",
      replaces("the NAT gateway, and with it the address that others see; connections to the outside break once"),
    ),
    flowLogs: key(z.boolean().default(true), "Record who talked to whom, kept as long as the pods' logs.", inPlace),
  });
}
