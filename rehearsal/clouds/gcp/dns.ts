import { type Behaviour, type CloudObject, type Context } from "../../provider/behaviour";
import { type Properties, text } from "../../provider/properties";
import { assumed, replacedBy } from "./facts";
import { lastPart, projectOf } from "./place";
import { choiceProblems, labelNameProblems, liveOf, located, nameOf, refersTo, refuseUsed } from "./reference";
import { answered, refused, taken } from "./refusals";
import * as tokens from "./tokens";

export const managedZone: Behaviour = {
  latency: assumed("0:03", "0:03", "0:03"),
  forceNew: replacedBy("dns/resource_dns_managed_zone.go", ["dnsName", "name", "visibility"]),
  check: (inputs) => [...labelNameProblems(inputs), ...dotProblems(inputs, "dnsName"), ...choiceProblems(inputs, "visibility", ["public", "private"])],
  ...located((inputs) => `managedZones/${nameOf(inputs)}`),
  outputs: (inputs, context) => ({
    managedZoneId: context.random.for("id").digits(19),
    nameServers: ["a1", "b1", "c1", "d1"].map((server) => `ns-cloud-${server}.googledomains.com.`),
    visibility: text(inputs, "visibility") ?? "public",
    description: text(inputs, "description") ?? "Managed by Pulumi",
    creationTime: text(context.previous, "creationTime") ?? context.timestamp,
  }),
  beforeDelete: (object, context) => refuseUsed(object, recordsIn(object, context)),
};

function recordsIn(zone: CloudObject, context: Pick<Context, "objects">): readonly CloudObject[] {
  return liveOf(context, tokens.RECORD_SET).filter(({ outputs }) => refersTo(text(outputs, "managedZone"), zone));
}

function dotProblems(inputs: Properties, property: string) {
  const name = text(inputs, property);
  if (name === undefined || name.endsWith(".")) return [];
  return [{ property, reason: `"${name}" doesn't end with ".", name field must end with trailing dot, for example test.example.com. (note the trailing dot).` }];
}

/** Records in a zone; a zone that no program made here is somebody's who made it before. */
export const recordSet: Behaviour = {
  latency: assumed("0:10", "0:10", "0:05"),
  forceNew: replacedBy("dns/resource_dns_record_set.go", ["managedZone", "name", "routingPolicy.healthCheck"]),
  autoName: false,
  check: (inputs) => dotProblems(inputs, "name"),
  beforeCreate: (inputs, context) => {
    const name = nameOf(inputs);
    const others = liveOf(context, tokens.RECORD_SET).filter(({ outputs }) => nameOf(outputs) === name && zoneOf(outputs) === zoneOf(inputs));
    const types = others.map(({ outputs }) => text(outputs, "type"));
    if (types.length === 0 || (text(inputs, "type") !== "CNAME" && !types.includes("CNAME"))) return;
    throw answered(400, `The resource record set 'entity.change.additions[0]' is invalid because the DNS name '${name}' may have either one CNAME resource record set or resource record sets of other types, but not both.`, "cnameResourceRecordSetConflict");
  },
  id: recordId,
  uniqueBy: recordId,
  alreadyExists: taken,
};

function zoneOf(properties: Properties): string {
  return lastPart(text(properties, "managedZone") ?? "");
}

function recordId(inputs: Properties, context: Context): string {
  return `projects/${projectOf(inputs, context)}/managedZones/${zoneOf(inputs)}/rrsets/${nameOf(inputs)}/${text(inputs, "type")}`;
}

/** A zone by its name: one of a program, or one that the rehearsal takes to be there. Its domain only a real project knows. */
export function lookUpZone(args: Properties, context: Pick<Context, "config" | "objects">): Properties {
  const name = nameOf(args);
  const project = projectOf(args, context);
  const id = `projects/${project}/managedZones/${name}`;
  const found = liveOf(context, tokens.MANAGED_ZONE).find((zone) => zone.id === id);
  if (name === "") throw refused("name: required field is not set");
  return {
    ...{ id, name, project, visibility: "public", nameServers: [], managedZoneId: "" },
    dnsName: text(found?.outputs, "dnsName") ?? `${name.replaceAll("-", ".")}.`,
    description: text(found?.outputs, "description") ?? "",
  };
}
