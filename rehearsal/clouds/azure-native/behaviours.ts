import type { Behaviour } from "../../provider/behaviour";
import * as access from "./access";
import { cache, cacheDatabase } from "./cache";
import { cluster, maintenance } from "./cluster";
import * as database from "./database";
import { disk } from "./disk";
import * as dns from "./dns";
import { resourceGroup } from "./groups";
import * as network from "./network";
import * as operations from "./operations";
import * as storage from "./storage";
import { subnet } from "./subnets";
import * as tokens from "./tokens";
import { secret, vault } from "./vault";

/** How the simulated Azure treats each type. A type that is not here is made at once, with plausible outputs. */
export const behaviours: Readonly<Record<string, Behaviour>> = {
  [tokens.RESOURCE_GROUP]: resourceGroup,
  [tokens.VIRTUAL_NETWORK]: network.virtualNetwork,
  [tokens.SUBNET]: subnet,
  [tokens.SECURITY_GROUP]: network.securityGroup,
  [tokens.PUBLIC_ADDRESS]: network.publicAddress,
  [tokens.NAT_GATEWAY]: network.natGateway,
  [tokens.PRIVATE_ENDPOINT]: network.privateEndpoint,
  [tokens.PRIVATE_DNS_ZONE_GROUP]: network.privateDnsZoneGroup,
  [tokens.FLOW_LOG]: network.flowLog,
  [tokens.PRIVATE_ZONE]: dns.privateZone,
  [tokens.NETWORK_LINK]: dns.networkLink,
  [tokens.ZONE]: dns.zone,
  [tokens.RECORD]: dns.record,

  [tokens.IDENTITY]: access.identity,
  [tokens.FEDERATED_CREDENTIAL]: access.federatedCredential,
  [tokens.ROLE_ASSIGNMENT]: access.roleAssignment,
  [tokens.LOCK]: access.lock,
  [tokens.VAULT]: vault,
  [tokens.SECRET]: secret,

  [tokens.CLUSTER]: cluster,
  [tokens.MAINTENANCE]: maintenance,
  [tokens.REGISTRY]: operations.registry,

  [tokens.SERVER]: database.server,
  [tokens.SERVER_DATABASE]: database.serverDatabase,
  [tokens.SERVER_SETTING]: database.serverSetting,
  [tokens.CACHE]: cache,
  [tokens.CACHE_DATABASE]: cacheDatabase,

  [tokens.STORAGE_ACCOUNT]: storage.account,
  [tokens.BLOB_SERVICE]: storage.blobService,
  [tokens.CONTAINER]: storage.container,
  [tokens.LIFECYCLE]: storage.lifecycle,
  [tokens.FILE_SERVICE]: storage.fileService,
  [tokens.SHARE]: storage.share,
  [tokens.DISK]: disk,
  [tokens.BACKUP_VAULT]: operations.backupVault,
  [tokens.BACKUP_POLICY]: operations.backupPolicy,
  [tokens.BACKUP_INSTANCE]: operations.backupInstance,

  [tokens.WORKSPACE]: operations.workspace,
  [tokens.COLLECTION_RULE]: operations.collectionRule,
  [tokens.COLLECTION]: operations.collection,
  [tokens.DIAGNOSTIC_SETTING]: operations.diagnosticSetting,
  [tokens.ACTION_GROUP]: operations.actionGroup,
  [tokens.METRIC_ALERT]: operations.metricAlert,
  [tokens.QUERY_RULE]: operations.queryRule,
};
