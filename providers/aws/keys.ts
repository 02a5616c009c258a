import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import { policyOf } from "./policy";
import type { Scope } from "./scope";

interface Key {
  readonly arn: pulumi.Output<string>;
}

export interface Keys {
  /** Encrypts everything that is stored. */
  readonly data: Key;
  /** Encrypts what services of AWS write on their own: logs and alarms. */
  readonly logs: Key;
}

/** Days in which a deletion can be taken back: the most AWS allows. */
const deletionWindowInDays = 30;

/**
 * The two keys. The data key keeps the policy AWS gives it, under which IAM decides; only the other needs one, because logs
 * and alarms come from services and not from a role of this account. They go by their tags and have no alias: that has no
 * tags, so nobody could tell whose one is that an interrupted update left behind.
 */
export function createKeys(foundation: Scope, accountId: pulumi.Output<string>): Keys {
  const scope = foundation.drawer("Keys");
  const { dataKey } = scope.settings;
  return {
    data: dataKey === undefined ? createKey("data", "Stored data") : { arn: pulumi.output(dataKey) },
    logs: createKey("logs", "Logs and alarms", logsPolicy(scope.plan.region, accountId)),
  };

  function createKey(role: string, description: string, policy?: pulumi.Output<string>) {
    return new kms.Key(
      scope.named(role),
      { description, policy, enableKeyRotation: true, deletionWindowInDays, tags: scope.tags(role) },
      scope.stateful("keys"),
    );
  }
}

/** What AWS's pages write as `kms:GenerateDataKey*`: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html */
const dataKeys = ["kms:GenerateDataKey", "kms:GenerateDataKeyPair", "kms:GenerateDataKeyPairWithoutPlaintext", "kms:GenerateDataKeyWithoutPlaintext"];

function logsPolicy(region: string, accountId: pulumi.Output<string>): pulumi.Output<string> {
  return policyOf(
    {
      Sid: "AccountDecides",
      Effect: "Allow",
      Principal: { AWS: pulumi.interpolate`arn:aws:iam::${accountId}:root` },
      Action: "kms:*",
      Resource: "*",
    },
    {
      Sid: "Logs",
      Effect: "Allow",
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", ...dataKeys, "kms:DescribeKey"],
      Resource: "*",
      Condition: {
        ArnLike: { "kms:EncryptionContext:aws:logs:arn": pulumi.interpolate`arn:aws:logs:${region}:${accountId}:*` },
      },
    },
    {
      Sid: "Alarms",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: ["kms:Decrypt", ...dataKeys],
      Resource: "*",
    },
  );
}
