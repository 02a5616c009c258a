import { described, type ProgramGraph, type ResourceNode } from "../monitor/graph";

interface Stateful {
  why: string;
  /** Where not every resource of the type holds state. */
  applies?: (resource: Pick<ResourceNode, "name">) => boolean;
}

const password: Stateful = { why: "a password, pepper or key that data was written with" };
const sessions: Stateful = {
  why: "a cache that holds sessions",
  applies: (resource) => !/application/i.test(resource.name),
};

/** Types whose loss is loss of student work, or of the means to read it. */
export const statefulTypes: Readonly<Record<string, Stateful>> = {
  "aws:rds/instance:Instance": { why: "the database" },
  "aws:rds/cluster:Cluster": { why: "the database" },
  "aws:elasticache/replicationGroup:ReplicationGroup": sessions,
  "aws:elasticache/serverlessCache:ServerlessCache": sessions,
  "aws:s3/bucket:Bucket": { why: "the files" },
  "aws:s3/bucketV2:BucketV2": { why: "the files" },
  "aws:efs/fileSystem:FileSystem": { why: "the shared files" },
  "aws:ebs/volume:Volume": { why: "the disk with the files" },
  "aws:backup/vault:Vault": { why: "the backups" },
  "aws:backup/plan:Plan": { why: "without the plan no new backup is made" },
  "aws:kms/key:Key": { why: "everything encrypted with it" },
  "aws:secretsmanager/secret:Secret": { why: "the copy of a key or password outside Pulumi's state" },
  "azure-native:dbforpostgresql:Server": { why: "the database" },
  "azure-native:redisenterprise:RedisEnterprise": sessions,
  "azure-native:redisenterprise:Database": sessions,
  "azure-native:storage:StorageAccount": { why: "the files", applies: (resource) => !resource.name.endsWith("-flow-logs") },
  "azure-native:storage:BlobContainer": { why: "the files" },
  "azure-native:storage:FileShare": { why: "the shared files" },
  "azure-native:compute:Disk": { why: "the disk with the files" },
  "azure-native:dataprotection:BackupVault": { why: "the backups" },
  "azure-native:recoveryservices:Vault": { why: "the backups" },
  "azure-native:keyvault:Vault": { why: "keys and copies of passwords" },
  "azure-native:keyvault:Key": { why: "everything encrypted with it" },
  "gcp:sql/databaseInstance:DatabaseInstance": { why: "the database" },
  "gcp:redis/instance:Instance": sessions,
  "gcp:storage/bucket:Bucket": { why: "the files" },
  "gcp:filestore/instance:Instance": { why: "the shared files" },
  "gcp:compute/disk:Disk": { why: "the disk with the files" },
  "gcp:compute/regionDisk:RegionDisk": { why: "the disk with the files" },
  "gcp:kms/cryptoKey:CryptoKey": { why: "everything encrypted with it" },
  "gcp:kms/keyRing:KeyRing": { why: "everything encrypted with its keys" },
  "gcp:secretmanager/secret:Secret": { why: "the copy of a key or password outside Pulumi's state" },
  "gcp:storage/hmacKey:HmacKey": { why: "the only access to the files" },
  "random:index/randomPassword:RandomPassword": password,
  "random:index/randomBytes:RandomBytes": password,
  "random:index/randomString:RandomString": password,
};

/** Stateful resources without `protect`. */
export function unprotectedState(graph: ProgramGraph): string[] {
  const stateful = graph.resources.filter((resource) => {
    const entry = statefulTypes[resource.type];
    return entry !== undefined && !resource.read && entry.applies?.(resource) !== false;
  });
  if (stateful.length === 0) return ["the program created nothing stateful, so nothing was checked"];
  return stateful
    .filter((resource) => !resource.protect)
    .map((resource) => `${described(resource)}: ${statefulTypes[resource.type]?.why}`);
}
