import { authorityOf } from "../../../providers/existing/certificates";
import { left, type Together, type WalkValues } from "../values";

const authority = authorityOf("the walk's own");

/** What the walk says of a cluster that was there. */
export const existingValues: WalkValues = {
  "moodle:files.restoreFrom": ["moodle-objects-before"],
  "moodle:database.restoreFrom": ["a-snapshot"],
  "moodle:ingress.dnsZone": ["example.edu"],
  "moodle:cluster.deployers": [["operations", "duty"], ["duty"]],
  "moodle:existing.cluster": ["another"],
  "moodle:existing.context": ["another"],
  "moodle:existing.podRanges": [["10.244.0.0/17"]],
  "moodle:existing.storageClass": ["fast"],
  "moodle:existing.database.host": ["other.example.edu", left],
  "moodle:existing.database.port": [5433],
  "moodle:existing.database.authority": [authority],
  "moodle:existing.database.ranges": [["192.0.2.0/24"]],
  "moodle:existing.database.image": ["registry.example.edu/postgres:17"],
  "moodle:existing.database.runAs": [1000],
  "moodle:existing.database.name": ["learning"],
  "moodle:existing.database.user": ["learning"],
  "moodle:existing.sessionCache.host": ["other.example.edu", left],
  "moodle:existing.sessionCache.port": [6390],
  "moodle:existing.sessionCache.authority": [authority],
  "moodle:existing.sessionCache.ranges": [["192.0.2.0/24"]],
  "moodle:existing.sessionCache.image": ["registry.example.edu/valkey:8"],
  "moodle:existing.sessionCache.runAs": [1000],
  "moodle:existing.sessionCache.user": ["moodle"],
  "moodle:existing.applicationCache.host": ["other.example.edu", left],
  "moodle:existing.applicationCache.port": [6390],
  "moodle:existing.applicationCache.authority": [authority],
  "moodle:existing.applicationCache.ranges": [["192.0.2.0/24"]],
  "moodle:existing.applicationCache.image": ["registry.example.edu/valkey:8"],
  "moodle:existing.applicationCache.runAs": [1000],
  "moodle:existing.applicationCache.user": ["moodle"],
  "moodle:existing.objectStore.endpoint": ["https://other.example.edu", left],
  "moodle:existing.objectStore.region": ["eu-central-1"],
  "moodle:existing.objectStore.bucket": ["another"],
  "moodle:existing.objectStore.ranges": [["192.0.2.0/24"]],
  "moodle:existing.objectStore.image": ["registry.example.edu/s3:1"],
  "moodle:existing.objectStore.runAs": [1000],
  "moodle:existing.objectStore.size": ["10 GiB", "40 GiB"],
  "moodle:existing.files.storageClass": ["another", left],
  "moodle:existing.files.persistentVolume": ["moodle-files", left],
  "moodle:existing.files.nfs.server": ["nfs.example.edu"],
  "moodle:existing.files.nfs.path": ["/export/moodle"],
  "moodle:existing.files.local.path": ["/srv/another"],
  "moodle:existing.files.local.node": ["another"],
  "moodle:existing.ingress.namespace": ["traefik"],
  "moodle:existing.ingress.loadBalancerClass": ["metallb"],
  "moodle:existing.ingress.annotations": [{ "example.edu/pool": "public" }],
  "moodle:existing.ingress.trustedRanges": [["192.0.2.0/24"]],
};

const password = { secure: "another-secret-of-32-characters-" };

/** What a key cannot be changed without there. */
export const existingTogether: Together = {
  "moodle:existing.database.host": { "moodle:databasePassword": password },
  "moodle:existing.sessionCache.host": { "moodle:sessionCachePassword": password },
  "moodle:existing.applicationCache.host": { "moodle:applicationCachePassword": password },
  "moodle:existing.objectStore.endpoint": { "moodle:objectStoreAccessKeyId": password, "moodle:objectStoreSecretAccessKey": password },
  "moodle:existing.files.nfs.server": { "moodle:existing.files.nfs.path": "/export" },
  "moodle:existing.files.nfs.path": { "moodle:existing.files.nfs.server": "nfs.example.edu" },
  "moodle:existing.files.local.path": { "moodle:existing.files.local.node": "k3s" },
  "moodle:existing.files.local.node": { "moodle:existing.files.local.path": "/srv/moodle" },
  "moodle:existing.ingress.clientAddress": { "moodle:existing.ingress.trustedRanges": ["198.51.100.0/24"] },
  "moodle:existing.ingress.trustedRanges": { "moodle:existing.ingress.clientAddress": "header" },
};
