/**
 * Regions with three availability zones that are open to every subscription, as of 2026-11:
 * https://learn.microsoft.com/en-us/azure/reliability/regions-list. Capacity for a standby of the database, Premium SSD v2 and
 * provisioned v2 shares is not everywhere at all times: the first update says so.
 */
export const regions: readonly string[] = [
  "australiaeast",
  "brazilsouth",
  "canadacentral",
  "centralindia",
  "centralus",
  "eastasia",
  "eastus",
  "eastus2",
  "francecentral",
  "germanywestcentral",
  "israelcentral",
  "italynorth",
  "japaneast",
  "koreacentral",
  "mexicocentral",
  "newzealandnorth",
  "northeurope",
  "norwayeast",
  "polandcentral",
  "southafricanorth",
  "southcentralus",
  "southeastasia",
  "spaincentral",
  "swedencentral",
  "switzerlandnorth",
  "uaenorth",
  "uksouth",
  "westeurope",
  "westus2",
  "westus3",
];
