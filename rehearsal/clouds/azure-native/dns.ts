import { CloudError } from "../../provider/behaviour";
import { list, text } from "../../provider/properties";
import { described, liveOf, nameProblems } from "../reference";
import { parentId, sameId } from "./arm";
import { assumed, replacedByName } from "./facts";
import { referred, resource } from "./resource";
import * as tokens from "./tokens";

const LABELS = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)+$/i;

export const privateZone = resource(tokens.PRIVATE_ZONE, {
  latency: assumed("0:35", "0:05", "0:15"),
  forceNew: replacedByName(tokens.PRIVATE_ZONE),
  check: (inputs) => [
    ...nameProblems(inputs, "privateZoneName", LABELS, "2 to 34 labels with periods between them"),
    ...(text(inputs, "location") === undefined || text(inputs, "location")?.toLowerCase() === "global"
      ? []
      : [{ property: "location", reason: `LocationNotAvailableForResourceType: The provided location '${text(inputs, "location")}' is not available for resource type 'Microsoft.Network/privateDnsZones'. List of available regions for the resource type is 'global'.` }]),
  ],
  outputs: () => ({ numberOfRecordSets: 1, maxNumberOfRecordSets: 25_000, maxNumberOfVirtualNetworkLinks: 1000, maxNumberOfVirtualNetworkLinksWithRegistration: 100, numberOfVirtualNetworkLinks: 0, numberOfVirtualNetworkLinksWithRegistration: 0 }),
  beforeDelete: ({ id }, context) => {
    const links = liveOf(context, tokens.NETWORK_LINK).filter((link) => sameId(parentId(link.id), id));
    if (links.length > 0) {
      throw new CloudError("CannotDeleteResource", `Can not delete resource before nested resources are deleted: ${links.map(described).join(", ")}.`);
    }
    const servers = liveOf(context, tokens.SERVER).filter(({ outputs }) => sameId(text(outputs, "network.privateDnsZoneArmResourceId") ?? "", id));
    if (servers.length === 0) return;
    throw new CloudError("BadRequest", `The private zone ${id} has records of ${servers.map(described).join(", ")}.`);
  },
});

export const networkLink = resource(tokens.NETWORK_LINK, {
  latency: assumed("0:35", "0:20", "0:20"),
  forceNew: replacedByName(tokens.NETWORK_LINK),
  beforeCreate: (inputs, context) => {
    const network = text(inputs, "virtualNetwork.id") ?? "";
    referred(context, tokens.VIRTUAL_NETWORK, network);
    const zone = (text(inputs, "privateZoneName") ?? "").toLowerCase();
    const twice = liveOf(context, tokens.NETWORK_LINK).find(
      ({ id, outputs }) => sameId(text(outputs, "virtualNetwork.id") ?? "", network) && (text(outputs, "privateZoneName") ?? id).toLowerCase() === zone,
    );
    if (twice === undefined) return;
    throw new CloudError("Conflict", `A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to link virtual network with '${zone}' and it is linked by ${described(twice)}.`);
  },
  outputs: () => ({ virtualNetworkLinkState: "Completed" }),
});

export const zone = resource(tokens.ZONE, {
  latency: assumed("0:05", "0:05", "0:05"),
  forceNew: replacedByName(tokens.ZONE),
  check: (inputs) => nameProblems(inputs, "zoneName", LABELS, "2 to 34 labels with periods between them"),
  outputs: (_inputs, context) => ({ nameServers: [1, 2, 3, 4].map((number) => `ns${number}-0${context.random.for("servers").integer(9) + 1}.azure-dns.${["com", "net", "org", "info"][number - 1]}.`) }),
});

/** In a zone that is the program's, or somebody's whom the rehearsal does not know. */
export const record = resource(tokens.RECORD, {
  latency: assumed("0:05", "0:05", "0:05"),
  forceNew: { ...replacedByName(tokens.RECORD), paths: [...replacedByName(tokens.RECORD).paths, "recordType"] },
  check: (inputs) => {
    const kinds: Readonly<Record<string, string>> = { A: "aRecords", AAAA: "aaaaRecords", TXT: "txtRecords", MX: "mxRecords", NS: "nsRecords", SRV: "srvRecords", CAA: "caaRecords", PTR: "ptrRecords" };
    const kind = text(inputs, "recordType") ?? "";
    const property = kinds[kind];
    if (property === undefined || inputs.targetResource !== undefined || inputs[property] === undefined || !Array.isArray(inputs[property])) return [];
    return list(inputs, property).length > 0 ? [] : [{ property, reason: `BadRequest: The record set of type ${kind} has no records.` }];
  },
  outputs: (inputs) => ({ fqdn: `${text(inputs, "relativeRecordSetName") === "@" ? "" : `${text(inputs, "relativeRecordSetName")}.`}${text(inputs, "zoneName")}.` }),
});
