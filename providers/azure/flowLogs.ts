import * as network from "@pulumi/azure-native/network";
import * as storage from "@pulumi/azure-native/storage";
import { inDays } from "../../components/config/duration";
import { createName } from "./names";
import type { Network } from "./network";
import type { Scope } from "./scope";

/** Who talked to whom, for the day somebody has to know. Azure makes the watcher with a region's first network. */
export function createFlowLogs(foundation: Scope, { network: whole }: Network): void {
  if (!foundation.plan.network.flowLogs) return;
  const scope = foundation.drawer("FlowLogs");
  const { region, observability } = scope.plan;
  const account = new storage.StorageAccount(
    scope.named("flow-logs"),
    {
      ...scope.at("flow-logs"),
      accountName: createName(scope, "storageAccount", "flow-logs"),
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      enableHttpsTrafficOnly: true,
      minimumTlsVersion: "TLS1_2",
      allowBlobPublicAccess: false,
      // The watcher is a service of Azure, and the only one that gets in.
      networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
    },
    scope.child(),
  );
  new network.FlowLog(
    scope.named("flow-logs"),
    {
      resourceGroupName: "NetworkWatcherRG",
      networkWatcherName: `NetworkWatcher_${region}`,
      location: region,
      tags: scope.tags("flow-logs"),
      targetResourceId: whole.id,
      storageId: account.id,
      enabled: true,
      format: { type: "JSON", version: 2 },
      retentionPolicy: { enabled: true, days: inDays(observability.logRetention) },
    },
    scope.child(),
  );
}
