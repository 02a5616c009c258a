import * as ec2 from "@pulumi/aws/ec2";
import type { Output } from "@pulumi/pulumi";
import type { Keys } from "./keys";
import { createLogGroup } from "./logGroup";
import type { Network } from "./network";
import { trustService } from "./policy";
import { createRole } from "./role";
import type { Scope } from "./scope";

/** Who talked to whom, for the day somebody has to know. */
export function createFlowLogs(foundation: Scope, { vpcId }: Network, keys: Keys, accountId: Output<string>): void {
  if (!foundation.plan.network.flowLogs) return;
  const scope = foundation.drawer("FlowLogs");
  const group = createLogGroup(scope, "flow-logs", keys);
  const role = createRole(scope, "flow-logs", {
    trust: trustService("vpc-flow-logs.amazonaws.com", { StringEquals: { "aws:SourceAccount": accountId } }),
    allow: [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        Resource: [group.arn, group.arn.apply((arn) => `${arn}:*`)],
      },
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    ],
  });
  new ec2.FlowLog(
    scope.named("flow-logs"),
    {
      vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 60,
      tags: scope.tags("flow-logs"),
    },
    scope.child({ dependsOn: [...role.permissions] }),
  );
}
