import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type { Input } from "@pulumi/pulumi";
import { inDays, type Duration } from "../../components/config/duration";
import type { Keys } from "./keys";
import type { Scope } from "./scope";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288];
const longest = 3653;

/** @returns the days CloudWatch Logs can be told, rounded up: logs are kept at least as long as asked. */
export function retentionDays(retention: Duration): number {
  const asked = inDays(retention);
  return retentions.find((days) => days >= asked) ?? longest;
}

/**
 * A log group that forgets after the plan's retention.
 *
 * @param name where another service of AWS expects it; undefined: any.
 */
export function createLogGroup(scope: Scope, role: string, keys: Keys, name?: Input<string>): cloudwatch.LogGroup {
  return new cloudwatch.LogGroup(
    scope.named(role),
    {
      name,
      retentionInDays: retentionDays(scope.plan.observability.logRetention),
      kmsKeyId: keys.logs.arn,
      tags: scope.tags(role),
    },
    scope.child(),
  );
}
