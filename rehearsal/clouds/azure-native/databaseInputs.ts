import type { Problem } from "../../provider/behaviour";
import { number, type Properties, text } from "../../provider/properties";
import { choiceProblems, nameProblems } from "../reference";

type Rule = (inputs: Properties) => readonly Problem[];

const RESERVED_USERS = ["admin", "administrator", "azure_pg_admin", "azure_superuser", "azuresu", "guest", "public", "root", "replication"];

/** https://learn.microsoft.com/en-us/azure/postgresql/extensions/concepts-storage-premium-ssd */
const SSD_SIZES = [32, 64, 128, 256, 512, 1024, 2048, 4095, 4096, 8192, 16_384, 32_767];

/** What the service refuses of a server by looking at it alone. */
export function serverProblems(inputs: Properties): readonly Problem[] {
  return RULES.flatMap((rule) => rule(inputs));
}

const RULES: readonly Rule[] = [
  (inputs) => nameProblems(inputs, "serverName", /^[a-z0-9]([a-z0-9-]{1,61}[a-z0-9])$/, "3 to 63 lower-case letters, digits and -, not beginning or ending with -"),
  (inputs) => choiceProblems(inputs, "version", ["13", "14", "15", "16", "17", "18"]),
  (inputs) => choiceProblems(inputs, "sku.tier", ["Burstable", "GeneralPurpose", "MemoryOptimized"]),
  (inputs) => choiceProblems(inputs, "highAvailability.mode", ["Disabled", "SameZone", "ZoneRedundant"]),
  (inputs) => choiceProblems(inputs, "createMode", ["Default", "Create", "Update", "PointInTimeRestore", "GeoRestore", "Replica", "ReviveDropped"]),
  size,
  user,
  password,
  storage,
  standby,
  retention,
  origin,
];

function refused(property: string, reason: string): readonly Problem[] {
  return [{ property, reason }];
}

function isNew(inputs: Properties): boolean {
  return ["Default", "Create"].includes(text(inputs, "createMode") ?? "Default");
}

function size(inputs: Properties): readonly Problem[] {
  const [name, tier] = [text(inputs, "sku.name"), text(inputs, "sku.tier")];
  if (name === undefined || tier === undefined) return [];
  const letters: Readonly<Record<string, string>> = { Burstable: "B", GeneralPurpose: "D", MemoryOptimized: "E" };
  return name.startsWith(`Standard_${letters[tier] ?? ""}`) ? [] : refused("sku", `InvalidSku: The sku ${name} is not of the tier ${tier}.`);
}

function user(inputs: Properties): readonly Problem[] {
  const name = text(inputs, "administratorLogin");
  if (name === undefined) return isNew(inputs) && inputs.administratorLogin === undefined ? refused("administratorLogin", "AdministratorLoginIsMissing: A new server needs an administrator.") : [];
  if (RESERVED_USERS.includes(name.toLowerCase()) || name.toLowerCase().startsWith("pg_")) return refused("administratorLogin", `InvalidParameterValue: The name ${name} is reserved.`);
  return nameProblems(inputs, "administratorLogin", /^[a-zA-Z_]\w{0,62}$/, "1 to 63 letters, digits and _, beginning with a letter");
}

// The message never repeats the password.
function password(inputs: Properties): readonly Problem[] {
  const given = text(inputs, "administratorLoginPassword");
  if (given === undefined) return [];
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(given)).length;
  if (given.length >= 8 && given.length <= 128 && kinds >= 3) return [];
  return refused("administratorLoginPassword", "PasswordNotComplex: The password has 8 to 128 characters of three of these kinds: upper-case letters, lower-case letters, digits, others.");
}

function storage(inputs: Properties): readonly Problem[] {
  const given = number(inputs, "storage.storageSizeGB");
  const type = text(inputs, "storage.type") ?? "Premium_LRS";
  if (given === undefined) return [];
  if (type === "Premium_LRS") return SSD_SIZES.includes(given) ? [] : refused("storage.storageSizeGB", `InvalidStorageSize: ${given} GiB is not a size of Premium SSD: ${SSD_SIZES.join(", ")}.`);
  const other = number(inputs, "storage.iops") === undefined || number(inputs, "storage.throughput") === undefined;
  return other ? refused("storage", `InvalidStorage: Storage of the type ${type} needs iops and throughput.`) : [];
}

function standby(inputs: Properties): readonly Problem[] {
  const mode = text(inputs, "highAvailability.mode") ?? "Disabled";
  if (mode === "Disabled" || text(inputs, "sku.tier") !== "Burstable") return [];
  return refused("highAvailability.mode", "HADisabledForBurstable: High availability is not available for the Burstable tier.");
}

function retention(inputs: Properties): readonly Problem[] {
  const days = number(inputs, "backup.backupRetentionDays");
  return days === undefined || (days >= 7 && days <= 35) ? [] : refused("backup.backupRetentionDays", `InvalidParameterValue: Backups are kept for 7 to 35 days, not ${days}.`);
}

function origin(inputs: Properties): readonly Problem[] {
  if (isNew(inputs) || inputs.sourceServerResourceId !== undefined) return [];
  return refused("sourceServerResourceId", `MissingSourceServer: The mode ${text(inputs, "createMode")} needs the server to start from.`);
}
