import type { Problem } from "../../provider/behaviour";
import { number, object, type Properties, text } from "../../provider/properties";
import { choiceProblems, labelNameProblems, rangeProblems } from "./reference";

type Rule = (inputs: Properties) => readonly Problem[];

const VERSIONS = ["10", "11", "12", "13", "14", "15", "16", "17", "18"].map((version) => `POSTGRES_${version}`);

/** From this version on the service takes Enterprise Plus where nobody said. https://cloud.google.com/sql/docs/postgres/editions-intro */
const PLUS_FROM = 16;

const SHARED = ["db-f1-micro", "db-g1-small"];

/** The edition an instance has. */
export function editionOf(inputs: Properties): string {
  const version = Number(text(inputs, "databaseVersion")?.replace("POSTGRES_", ""));
  return text(inputs, "settings.edition") ?? (version >= PLUS_FROM ? "ENTERPRISE_PLUS" : "ENTERPRISE");
}

/** What a preview already finds. */
export function instanceProblems(inputs: Properties): readonly Problem[] {
  return RULES.flatMap((rule) => rule(inputs));
}

/** What only the service refuses, when the instance is made or changed. */
export function refusedSettings(inputs: Properties): string | undefined {
  return [tierProblem, logProblem, backupProblem, addressProblem].flatMap((rule) => rule(inputs) ?? [])[0];
}

const RULES: readonly Rule[] = [
  (inputs) => labelNameProblems(inputs, "name", 98),
  (inputs) => (text(inputs, "databaseVersion")?.startsWith("POSTGRES") === true ? choiceProblems(inputs, "databaseVersion", VERSIONS) : []),
  (inputs) => choiceProblems(inputs, "settings.edition", ["ENTERPRISE", "ENTERPRISE_PLUS"]),
  (inputs) => choiceProblems(inputs, "settings.availabilityType", ["REGIONAL", "ZONAL"]),
  (inputs) => choiceProblems(inputs, "settings.diskType", ["PD_SSD", "PD_HDD", "HYPERDISK_BALANCED"]),
  (inputs) => choiceProblems(inputs, "settings.ipConfiguration.sslMode", ["ALLOW_UNENCRYPTED_AND_ENCRYPTED", "ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"]),
  (inputs) =>
    choiceProblems(inputs, "settings.ipConfiguration.serverCaMode", ["GOOGLE_MANAGED_INTERNAL_CA", "GOOGLE_MANAGED_CAS_CA", "CUSTOMER_MANAGED_CAS_CA"]),
  (inputs) => rangeProblems(inputs, "settings.diskSize", 10, 65_536, "GiB"),
  (inputs) => rangeProblems(inputs, "settings.backupConfiguration.backupRetentionSettings.retainedBackups", 1, 365, "backups"),
];

function tierProblem(inputs: Properties): string | undefined {
  const [tier, edition] = [text(inputs, "settings.tier") ?? "", editionOf(inputs)];
  const ofPlus = /^db-perf-optimized-N-\d+$|^db-c4a-highmem-\d+$/.test(tier);
  if (edition === "ENTERPRISE_PLUS") return ofPlus ? undefined : `Invalid Tier (${tier}) for (${edition}) Edition. Use a predefined Tier like db-perf-optimized-N-* instead. ${LEARN}`;
  return ofPlus ? `Invalid Tier (${tier}) for (${edition}) Edition. ${LEARN}` : customProblem(tier);
}

const LEARN = "Learn more at https://cloud.google.com/sql/docs/postgres/create-instance#machine-types.";

function customProblem(tier: string): string | undefined {
  if (SHARED.includes(tier)) return undefined;
  const match = /^db-custom-(\d+)-(\d+)$/.exec(tier);
  if (match === null) return "Only custom or shared-core instance Billing Tier type allowed for PostgreSQL database.";
  const [cpus, memory] = [Number(match[1]), Number(match[2])];
  const whole = cpus === 1 || (cpus % 2 === 0 && cpus <= 96);
  const fits = memory % 256 === 0 && memory >= 3840 && memory >= cpus * 921.6 && memory <= cpus * 6656;
  return whole && fits ? undefined : `Invalid Tier (${tier}): 1 or an even number of vCPUs up to 96, from 0.9 to 6.5 GB for each, in steps of 256 MB and at least 3840 MB. ${LEARN}`;
}

function logProblem(inputs: Properties): string | undefined {
  const days = number(inputs, "settings.backupConfiguration.transactionLogRetentionDays");
  const most = editionOf(inputs) === "ENTERPRISE_PLUS" ? 35 : 7;
  return days === undefined || (days >= 1 && days <= most) ? undefined : `The number of transaction log retention days must be between 1 and ${most}.`;
}

// https://cloud.google.com/sql/docs/postgres/high-availability
function backupProblem(inputs: Properties): string | undefined {
  const { enabled, pointInTimeRecoveryEnabled } = object(inputs, "settings.backupConfiguration");
  if (pointInTimeRecoveryEnabled === true && enabled !== true) return "Point-in-time recovery needs backups to be enabled.";
  const regional = text(inputs, "settings.availabilityType") === "REGIONAL";
  return regional && pointInTimeRecoveryEnabled !== true ? "A REGIONAL instance needs backups and point-in-time recovery to be enabled." : undefined;
}

function addressProblem(inputs: Properties): string | undefined {
  const { ipv4Enabled, privateNetwork, pscConfigs } = object(inputs, "settings.ipConfiguration");
  const none = ipv4Enabled === false && privateNetwork === undefined && pscConfigs === undefined;
  return none ? "At least one of Public IP or Private IP or PSC connectivity must be enabled." : undefined;
}
