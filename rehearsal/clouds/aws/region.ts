import { CloudError, type Context } from "../../provider/behaviour";
import { type Properties, text } from "../../provider/properties";

/** The account of every simulated resource: the one the vendor's own documentation uses. */
export const ACCOUNT = "123456789012";

/** Zone letters and the prefix of zone ids of the regions that have other zones than a, b, c. */
const ZONES: Readonly<Record<string, readonly string[]>> = {
  "us-east-1": ["a", "b", "c", "d", "e", "f"],
  "us-west-1": ["a", "c"],
  "us-west-2": ["a", "b", "c", "d"],
  "ca-central-1": ["a", "b", "d"],
  "sa-east-1": ["a", "b", "c"],
  "ap-northeast-1": ["a", "c", "d"],
  "ap-northeast-2": ["a", "b", "c", "d"],
};

const REGION = /^(us|eu|ap|sa|ca|me|af|il|mx|cn|us-gov)-(north|south|east|west|central|northeast|northwest|southeast|southwest)-\d$/;

export function isRegion(name: string): boolean {
  return REGION.test(name);
}

/** The region a resource is in: its own `region`, else the provider's. */
export function regionOf(inputs: Properties, context: Pick<Context, "config">): string {
  const region = text(inputs, "region") ?? text(context.config, "region");
  if (region === undefined) throw new CloudError("MissingRegion", 'no region is configured; set it with "pulumi config set aws:region eu-central-1"');
  return region;
}

/** Names of a region's zones, `eu-central-1a` first. */
export function zonesOf(region: string): readonly string[] {
  return (ZONES[region] ?? ["a", "b", "c"]).map((letter) => `${region}${letter}`);
}

/** The id of a zone, `euc1-az2`. A real account shuffles them; here a is az1. */
export function zoneId(zone: string): string {
  const region = zone.slice(0, -1);
  const [area = "", ...rest] = region.split("-");
  const direction = rest.slice(0, -1).join("").replace(/north|south|east|west|central|gov/g, (word) => word.charAt(0));
  return `${area}${direction}${rest.at(-1) ?? "1"}-az${zonesOf(region).indexOf(zone) + 1}`;
}

export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** `arn:aws:<service>:<region>:<account>:<resource>`. */
export function arn(service: string, region: string, resource: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${ACCOUNT}:${resource}`;
}

/** ARN of what has no region, in IAM's way. */
export function globalArn(service: string, resource: string): string {
  return `arn:aws:${service}::${ACCOUNT}:${resource}`;
}
