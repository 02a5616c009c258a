import * as monitor from "@pulumi/azure-native/monitor";
import * as operationalinsights from "@pulumi/azure-native/operationalinsights";
import { inDays, type Duration } from "../../components/config/duration";
import type { Cluster } from "./cluster";
import type { Scope } from "./scope";

export interface PodLogs {
  /** Where everything that is logged goes. */
  readonly workspace: operationalinsights.Workspace;
}

/** https://learn.microsoft.com/en-us/azure/azure-monitor/logs/data-retention-configure: less costs the same. */
const shortest = 30;

/** @returns the days the workspace can be told: logs are kept at least as long as asked. */
export function retentionDays(retention: Duration): number {
  return Math.max(shortest, inDays(retention));
}

/** The workspace is there before the cluster that writes into it. */
export function createPodLogs(foundation: Scope): PodLogs {
  const scope = foundation.drawer("PodLogs");
  const workspace = new operationalinsights.Workspace(
    scope.named("logs"),
    {
      ...scope.at("logs"),
      sku: { name: "PerGB2018" },
      retentionInDays: retentionDays(scope.plan.observability.logRetention),
      features: { disableLocalAuth: true },
    },
    scope.child(),
  );
  return { workspace };
}

const stream = "Microsoft-ContainerLogV2";

/** Tells the cluster's agent to collect what containers write, and nothing that costs beside it. */
export function collectPodLogs(foundation: Scope, { workspace }: PodLogs, { cluster }: Cluster): void {
  const scope = foundation.drawer("PodLogCollection");
  const rule = new monitor.DataCollectionRule(
    scope.named("pod-logs"),
    {
      ...scope.at("pod-logs"),
      kind: "Linux",
      dataSources: {
        extensions: [
          {
            name: "ContainerInsightsExtension",
            extensionName: "ContainerInsights",
            streams: [stream],
            extensionSettings: { dataCollectionSettings: { interval: "1m", namespaceFilteringMode: "Off", enableContainerLogV2: true } },
          },
        ],
      },
      destinations: { logAnalytics: [{ name: "workspace", workspaceResourceId: workspace.id }] },
      dataFlows: [{ streams: [stream], destinations: ["workspace"] }],
    },
    scope.child(),
  );
  new monitor.DataCollectionRuleAssociation(
    scope.named("pod-logs"),
    { resourceUri: cluster.id, associationName: "ContainerInsightsExtension", dataCollectionRuleId: rule.id },
    scope.child(),
  );
}
