import { CloudError, type Invoke } from "../../provider/behaviour";
import { isObject, list, type Properties, text, texts } from "../../provider/properties";
import { ACCOUNT, arn, isRegion, partitionOf, regionOf, zoneId, zonesOf } from "./region";
import { lookUpZone } from "./route53";

/** Hosted zones of the load balancers, by region. https://docs.aws.amazon.com/general/latest/gr/elb.html */
const BALANCER_ZONES: Readonly<Record<string, { readonly network: string; readonly application: string }>> = {
  "us-east-1": { network: "Z26RNL4JYFTOTI", application: "Z35SXDOTRQ7X7K" },
  "us-east-2": { network: "ZLMOA37VPKANP", application: "Z3AADJGX6KTTL2" },
  "us-west-2": { network: "Z18D5FSROUN65G", application: "Z1H1FL5HABSF5" },
  "ca-central-1": { network: "Z2EPGBW3API2WT", application: "ZQSVJUPU6J1EY" },
  "eu-central-1": { network: "Z3F0SRJ5LGBH90", application: "Z215JYRZR1TBD5" },
  "eu-west-1": { network: "Z2IFOLAFXWLO4F", application: "Z32O12XQLNTSW2" },
  "eu-west-2": { network: "ZD4D7Y8KGAS4G", application: "ZHURV8PSTC4K8" },
  "eu-west-3": { network: "Z1CMS0P5QUZ6D5", application: "Z3Q77PNBQS71R4" },
  "eu-north-1": { network: "Z1UDT6IFJ4EJM", application: "Z23TAZ6LKFMNIO" },
  "ap-southeast-2": { network: "ZCT6FZBF4DROD", application: "Z1GM3OXH4ZPM65" },
};

const getAvailabilityZones: Invoke = (args, context) => {
  const region = regionOf(args, context);
  const wanted = zonesOf(region).filter((name) => !texts(args, "excludeNames").includes(name) && !texts(args, "excludeZoneIds").includes(zoneId(name)));
  const names = wanted.filter((name) => list(args, "filters").every((filter) => passes(name, region, filter)));
  if (names.length === 0) throw new CloudError("", "no availability zones match the criteria");
  return { id: region, region, names, zoneIds: names.map(zoneId), groupNames: [`${region}-zg-1`], state: text(args, "state"), filters: args.filters };
};

// Only zones that every account has are simulated: none that must be opted into.
function passes(name: string, region: string, filter: Parameters<typeof text>[0]): boolean {
  const facts: Readonly<Record<string, string>> = {
    "opt-in-status": "opt-in-not-required",
    "region-name": region,
    state: "available",
    "zone-name": name,
    "zone-id": zoneId(name),
    "zone-type": "availability-zone",
  };
  const fact = facts[text(filter, "name") ?? ""];
  if (fact === undefined) throw new CloudError("InvalidParameterValue", `The filter '${text(filter, "name")}' is invalid`);
  return texts(filter, "values").includes(fact);
}

const getCallerIdentity: Invoke = () => ({
  id: ACCOUNT,
  accountId: ACCOUNT,
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/rehearsal/rehearsal`,
  userId: "AROAREHEARSALREHEARSA:rehearsal",
});

const getRegion: Invoke = (args, context) => {
  const region = regionOf(args, context);
  return { id: region, name: region, region, endpoint: `ec2.${region}.amazonaws.com`, description: region };
};

const getPartition: Invoke = (args, context) => {
  const partition = partitionOf(regionOf(args, context));
  return { id: partition, partition, dnsSuffix: partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com", reverseDnsPrefix: partition === "aws-cn" ? "cn.com.amazonaws" : "com.amazonaws" };
};

const getHostedZoneId: Invoke = (args, context) => {
  const region = regionOf(args, context);
  const zones = BALANCER_ZONES[region];
  if (zones === undefined) {
    if (isRegion(region)) return { id: `ZSIMULATED${region.replaceAll("-", "").toUpperCase()}`, region };
    throw new CloudError("", `unsupported AWS Region: ${region}`);
  }
  const kind = text(args, "loadBalancerType") ?? "application";
  return { id: kind === "network" ? zones.network : zones.application, region, loadBalancerType: kind };
};

/** A policy's JSON from its parts, as the provider writes it. */
const getPolicyDocument: Invoke = (args) => {
  const statements = list(args, "statements").filter(isObject).map(statementOf);
  const document = { Version: text(args, "version") ?? "2012-10-17", ...(text(args, "policyId") === undefined ? {} : { Id: text(args, "policyId") }), Statement: statements };
  return { ...args, id: String(JSON.stringify(document).length), json: JSON.stringify(document, null, 2), minifiedJson: JSON.stringify(document) };
};

function statementOf(statement: Properties): Properties {
  const conditions = list(statement, "conditions").filter(isObject);
  const condition = Object.fromEntries(
    [...new Set(conditions.map((given) => text(given, "test") ?? ""))].map((test) => [
      test,
      Object.fromEntries(conditions.filter((given) => text(given, "test") === test).map((given) => [text(given, "variable") ?? "", one(texts(given, "values"))])),
    ]),
  );
  return {
    ...(text(statement, "sid") === undefined ? {} : { Sid: text(statement, "sid") }),
    Effect: text(statement, "effect") ?? "Allow",
    ...named("Action", texts(statement, "actions")),
    ...named("NotAction", texts(statement, "notActions")),
    ...named("Resource", texts(statement, "resources")),
    ...named("NotResource", texts(statement, "notResources")),
    ...principals(statement),
    ...(conditions.length === 0 ? {} : { Condition: condition }),
  };
}

function principals(statement: Properties): Properties {
  const given = list(statement, "principals").filter(isObject);
  if (given.length === 0) return {};
  if (given.some((principal) => text(principal, "type") === "*")) return { Principal: "*" };
  return { Principal: Object.fromEntries(given.map((principal) => [text(principal, "type") ?? "AWS", one(texts(principal, "identifiers"))])) };
}

function named(name: string, values: readonly string[]): Properties {
  return values.length === 0 ? {} : { [name]: one(values) };
}

function one(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? (values[0] ?? "") : values;
}

const getZone: Invoke = (args, context) => lookUpZone(args, context);

const getAlias: Invoke = (args, context) => {
  const region = regionOf(args, context);
  const name = text(args, "name") ?? "";
  const aliasArn = arn("kms", region, name);
  const found = context.objects.byArn(aliasArn);
  const vendors = name.startsWith("alias/aws/");
  if (found === undefined && !vendors) throw new CloudError("", `reading KMS Alias (${name}): couldn't find resource`);
  const keyArn = text(found?.outputs, "targetKeyArn") ?? arn("kms", region, "key/00000000-0000-4000-8000-000000000000");
  return { id: aliasArn, name, arn: aliasArn, region, targetKeyArn: keyArn, targetKeyId: keyArn.split("/")[1] };
};

/** The functions of the SDK that are answered. */
export const invokes: Readonly<Record<string, Invoke>> = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": getAvailabilityZones,
  "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity,
  "aws:index/getRegion:getRegion": getRegion,
  "aws:index/getPartition:getPartition": getPartition,
  "aws:iam/getPolicyDocument:getPolicyDocument": getPolicyDocument,
  "aws:kms/getAlias:getAlias": getAlias,
  "aws:lb/getHostedZoneId:getHostedZoneId": getHostedZoneId,
  "aws:route53/getZone:getZone": getZone,
};
