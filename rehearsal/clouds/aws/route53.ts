import { type Behaviour, CloudError, type CloudObject, type Context } from "../../provider/behaviour";
import { flag, number, type Properties, text, texts } from "../../provider/properties";
import { assumed, replacedEverywhereBy } from "./facts";
import { choiceProblems, live, liveWhere } from "../reference";
import { ACCOUNT } from "./region";
import * as tokens from "./tokens";

/**
 * The name of a zone nobody made in the rehearsal. Zones live longer than stacks: one that a stack file names by its id is
 * taken to be there, and to be the zone of the committed example hosts.
 */
export const OUTSIDE_ZONE = "example.edu";

const ZONE_ID = /^Z[A-Z0-9]{1,31}$/;

/** The zone's name, without the last dot. @throws CloudError when the id can't be one. */
export function zoneName(context: Pick<Context, "objects">, zoneId: string): string {
  const own = live(context, tokens.ZONE, zoneId);
  if (own !== undefined) return (text(own.outputs, "name") ?? "").replace(/\.$/, "");
  if (!ZONE_ID.test(zoneId)) throw new CloudError("NoSuchHostedZone", `No hosted zone found with ID: ${zoneId}`);
  return OUTSIDE_ZONE;
}

const ROUTING = ["cidrRoutingPolicy", "failoverRoutingPolicies", "geolocationRoutingPolicies", "geoproximityRoutingPolicy", "latencyRoutingPolicies", "multivalueAnswerRoutingPolicy", "weightedRoutingPolicies"];
const TYPES = ["A", "AAAA", "CAA", "CNAME", "DS", "HTTPS", "MX", "NAPTR", "NS", "PTR", "SOA", "SPF", "SRV", "SSHFP", "SVCB", "TLSA", "TXT"];

export const record: Behaviour = {
  latency: assumed("0:35", "0:35", "0:35"),
  forceNew: replacedEverywhereBy("route53/record.go", ["name", "zoneId"]),
  autoName: false,
  check: (inputs) => [
    ...choiceProblems(inputs, "type", TYPES),
    ...(inputs.records !== undefined && inputs.aliases !== undefined ? [{ property: "records", reason: "conflicts with aliases" }] : []),
    ...(inputs.records === undefined && inputs.aliases === undefined ? [{ property: "records", reason: "one of records and aliases is needed" }] : []),
    ...(inputs.records !== undefined && inputs.ttl === undefined ? [{ property: "ttl", reason: "is needed with records" }] : []),
    ...(ROUTING.some((name) => inputs[name] !== undefined) && inputs.setIdentifier === undefined ? [{ property: "setIdentifier", reason: "is needed with a routing policy" }] : []),
  ],
  beforeCreate: (inputs, context) => {
    const zoneId = text(inputs, "zoneId") ?? "";
    const zone = zoneName(context, zoneId);
    const [name, type] = [fullName(inputs, context), text(inputs, "type")];
    if (type === "CNAME" && texts(inputs, "records").length > 1) throw batch(`Tried to create a CNAME record set with more than one value for ${name}.`);
    if (type === "CNAME" && name === zone) throw batch(`RRSet of type CNAME with DNS name ${name}. is not permitted at apex in zone ${zone}.`);
    const others = liveWhere(context, tokens.RECORD, "zoneId", zoneId).filter(({ outputs }) => text(outputs, "fqdn") === name);
    refuseClash(name, type, zone, others);
  },
  uniqueBy: (inputs, context) =>
    flag(inputs, "allowOverwrite") === true ? undefined : `${text(inputs, "zoneId")} ${fullName(inputs, context)} ${text(inputs, "type")} ${text(inputs, "setIdentifier") ?? ""}`,
  alreadyExists: (key) => {
    const [, name, type] = key.split(" ");
    return `InvalidChangeBatch: [Tried to create resource record set [name='${name}.', type='${type}'] but it already exists]`;
  },
  id: (inputs) => [text(inputs, "zoneId"), text(inputs, "name"), text(inputs, "type"), text(inputs, "setIdentifier")].filter((part) => part !== undefined).join("_"),
  outputs: (inputs, context) => ({ fqdn: fullName(inputs, context), allowOverwrite: flag(inputs, "allowOverwrite") ?? false }),
};

function batch(message: string): CloudError {
  return new CloudError("InvalidChangeBatch", `[${message}]`);
}

function refuseClash(name: string, type: string | undefined, zone: string, others: readonly CloudObject[]): void {
  const clash = others.some(({ outputs }) => (text(outputs, "type") === "CNAME") !== (type === "CNAME"));
  if (clash) throw batch(`RRSet of type ${type} with DNS name ${name}. is not permitted as it conflicts with other records with the same DNS name in zone ${zone}.`);
}

// The provider adds the zone to a name that does not end with it; in a zone from outside every name is taken to be whole.
function fullName(inputs: Properties, context: Pick<Context, "objects">): string {
  const name = (text(inputs, "name") ?? "").toLowerCase().replace(/\.$/, "");
  const zoneId = text(inputs, "zoneId") ?? "";
  if (live(context, tokens.ZONE, zoneId) === undefined) return name;
  const zone = zoneName(context, zoneId);
  if (name === "") return zone;
  return name === zone || name.endsWith(`.${zone}`) ? name : `${name}.${zone}`;
}

export const zone: Behaviour = {
  latency: assumed("0:40", "0:10", "0:10"),
  forceNew: replacedEverywhereBy("route53/zone.go", ["name", "delegationSetId"]),
  id: (_, context) => `Z${context.random.for("id").characters(20, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")}`,
  outputs: (inputs, context) => {
    const servers = ["com", "net", "org", "co.uk"].map((suffix, index) => `ns-${512 * index + context.random.for(suffix).integer(512)}.awsdns-${String(context.random.for(`${suffix} host`).integer(64)).padStart(2, "0")}.${suffix}`);
    return { arn: `arn:aws:route53:::hostedzone/${context.id}`, zoneId: context.id, comment: text(inputs, "comment") ?? "Managed by Pulumi", nameServers: servers, primaryNameServer: servers[0] };
  },
  beforeDelete: (object, context) => {
    if (flag(object.outputs, "forceDestroy") === true || liveWhere(context, tokens.RECORD, "zoneId", object.id).length === 0) return;
    throw new CloudError("HostedZoneNotEmpty", "The specified hosted zone contains non-required resource record sets and so cannot be deleted.");
  },
};

/** What the `getZone` function answers, by id or by name. */
export function lookUpZone(args: Properties, context: Pick<Context, "objects">): Properties {
  const wanted = text(args, "name")?.replace(/\.$/, "");
  const own = context.objects.ofType(tokens.ZONE).find(({ id, outputs }) => id === text(args, "zoneId") || (wanted !== undefined && text(outputs, "name")?.replace(/\.$/, "") === wanted));
  const zoneId = own?.id ?? text(args, "zoneId") ?? "Z0000000000EXAMPLE";
  return {
    id: zoneId,
    zoneId,
    arn: `arn:aws:route53:::hostedzone/${zoneId}`,
    name: wanted ?? zoneName(context, zoneId),
    privateZone: false,
    callerReference: `rehearsal-${ACCOUNT}`,
    comment: "",
    nameServers: [],
    primaryNameServer: "",
    resourceRecordSetCount: number(args, "resourceRecordSetCount") ?? 2,
    tags: {},
  };
}
