import { subscription } from "../../providers/azure/answers";
import { left, type WalkValues } from "../values";

const group = `/subscriptions/${subscription}/resourceGroups/before/providers`;

/** What the walk says in Azure's words. */
export const azureValues: WalkValues = {
  "azure-native:location": ["westeurope"],
  "azure-native:subscriptionId": ["00000000-0000-4000-8000-000000000009"],
  "moodle:files.restoreFrom": [
    `${group}/Microsoft.Storage/storageAccounts/before/blobServices/default/containers/files`,
    `${group}/Microsoft.Compute/snapshots/before`,
  ],
  "moodle:database.restoreFrom": [`${group}/Microsoft.DBforPostgreSQL/flexibleServers/before@2026-11-01T06:00:00Z`],
  "moodle:ingress.dnsZone": [`/subscriptions/${subscription}/resourceGroups/names/providers/Microsoft.Network/dnszones/other.example.edu`, left],
  "moodle:cluster.deployers": [
    ["00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"],
    ["00000000-0000-4000-8000-00000000000b"],
  ],
  // Of the list of machines a smaller, a larger and another kind: all of them are one text in the same places.
  "moodle:azure.databaseSize": ["Standard_B2ms", "Standard_D4ds_v5", "Standard_E8ds_v5"],
};
