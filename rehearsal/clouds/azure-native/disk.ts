import { CloudError, type Problem } from "../../provider/behaviour";
import { list, number, object, type Properties, text } from "../../provider/properties";
import { choiceProblems, nameProblems } from "../reference";
import { assumed, replacedByName } from "./facts";
import { refuseZones } from "./network";
import { resource } from "./resource";
import { regionName } from "./subscription";
import * as tokens from "./tokens";

const V2 = "PremiumV2_LRS";

export const disk = resource(tokens.DISK, {
  latency: assumed("0:10", "0:15", "0:10"),
  forceNew: replacedByName(tokens.DISK),
  check: (inputs) => [
    ...nameProblems(inputs, "diskName", /^\w[\w-]{0,79}$/, "1 to 80 letters, digits, _ and -"),
    ...choiceProblems(inputs, "sku.name", ["Standard_LRS", "StandardSSD_LRS", "StandardSSD_ZRS", "Premium_LRS", "Premium_ZRS", V2, "UltraSSD_LRS"]),
    ...performance(inputs),
  ],
  beforeCreate: (inputs) => {
    const region = regionName(text(inputs, "location") ?? "");
    refuseZones(inputs, region);
    if (text(inputs, "sku.name") === V2 && list(inputs, "zones").length === 0) {
      throw new CloudError("BadRequest", `A disk of the type ${V2} is in one zone, and none was given.`);
    }
  },
  outputs: (inputs, context) => {
    const size = Math.max(number(inputs, "diskSizeGB") ?? 0, number(context.previous, "diskSizeGB") ?? 0);
    return {
      diskSizeGB: size,
      diskSizeBytes: size * 1024 ** 3,
      diskState: "Unattached",
      uniqueId: context.random.for("disk").uuid(),
      timeCreated: text(context.previous, "timeCreated") ?? context.timestamp,
      sku: { ...object(inputs, "sku"), tier: "Premium" },
      managedByExtended: [],
      shareInfo: [],
    };
  },
  beforeUpdate: (inputs, olds, context) => {
    const [now, wanted] = [number(context.previous, "diskSizeGB") ?? 0, number(inputs, "diskSizeGB") ?? 0];
    if (wanted !== 0 && wanted < now) throw new CloudError("OperationNotAllowed", `The disk size reduction is not supported. Current size is ${now} GB, requested size is ${wanted} GB.`);
    for (const property of ["zones", "creationData.createOption", "creationData.sourceResourceId"]) {
      const [from, to] = [olds, inputs].map((each) => (property === "zones" ? String(list(each, "zones")) : (text(each, property) ?? "")));
      if (from !== to) throw new CloudError("PropertyChangeNotAllowed", `Changing property '${property}' is not allowed.`);
    }
    if ((text(olds, "sku.name") === V2) === (text(inputs, "sku.name") === V2)) return;
    throw new CloudError("OperationNotAllowed", `A disk can't be changed from ${text(olds, "sku.name")} to ${text(inputs, "sku.name")} in place.`);
  },
});

// https://learn.microsoft.com/en-us/azure/virtual-machines/disks-types#premium-ssd-v2
function performance(inputs: Properties): readonly Problem[] {
  const [size, iops, throughput] = ["diskSizeGB", "diskIOPSReadWrite", "diskMBpsReadWrite"].map((name) => number(inputs, name));
  if (text(inputs, "sku.name") !== V2) return [];
  const mostOperations = Math.min(80_000, Math.max(3000, (size ?? 65_536) * 500));
  const mostThroughput = Math.min(1200, Math.max(125, (iops ?? 3000) / 4));
  return [
    ...(size === undefined || (size >= 1 && size <= 65_536) ? [] : [{ property: "diskSizeGB", reason: `InvalidParameter: A disk of the type ${V2} has from 1 to 65536 GiB, not ${size}.` }]),
    ...(iops === undefined || (iops >= 3000 && iops <= mostOperations) ? [] : [{ property: "diskIOPSReadWrite", reason: `InvalidParameter: The disk takes from 3000 to ${mostOperations} operations a second, not ${iops}.` }]),
    ...(throughput === undefined || (throughput >= 125 && throughput <= mostThroughput) ? [] : [{ property: "diskMBpsReadWrite", reason: `InvalidParameter: The disk takes from 125 to ${mostThroughput} MB a second, not ${throughput}.` }]),
  ];
}
