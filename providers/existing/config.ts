import { X509Certificate } from "node:crypto";
import { z } from "zod";
import { held, inPlace, key, none, refused, usersNotice, type Change } from "../../components/config/key";
import type { StatefulResource } from "../../components/config/groups/dataLoss";
import { sizeBetween } from "../../components/config/size";
import { addressRange, namespaceName } from "../../components/config/text";
import type { CloudPlan } from "../../components/plan/cloudPlan";

const host = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, { error: "a host's name or IPv4 address, without scheme and port" });
const port = z.int().min(1).max(65_535);
const absolutePath = z.string().regex(/^\/\S*$/, { error: "an absolute path" });
const image = z.string().regex(/^[a-z0-9][\w.:/@-]*$/, { error: "an image, such as registry.example.edu/postgres:17" });
const ranges = z.array(addressRange).min(1).default(["0.0.0.0/0"]);
const objectName = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, { error: "the name of a Kubernetes object" });

const pods = usersNotice("pods are replaced one after the other, and look for the data elsewhere");

/** What says where something is that the platform runs itself as long as nobody says so. */
function address(of: StatefulResource): Change {
  return held(usersNotice("pods are replaced one after the other, and look for the data elsewhere; refused while the platform runs one of its own, which would go with its data"), "value", [of]);
}

/** Certificates of authorities one after the other, as the files of most systems hold them. */
const authorities = z.string().refine((text) => text === "public" || certificatesIn(text).every(isCertificate), {
  error: 'the certificates of authorities in PEM, or "public"',
});

/** @returns the certificates of a text in PEM; the whole text where there is none. */
export function certificatesIn(pem: string): readonly string[] {
  return pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [pem];
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).ca;
  } catch {
    return false;
  }
}

/** What says which volume holds the files: one that is there is never another one, and its claim would go. */
const volume = refused("the files would stay behind in the other volume", ["sharedFiles", "blockDisk"]);

function server(what: string, holds: StatefulResource, defaultPort: number) {
  return {
    host: key(host.optional(), `Where ${what} is, if you bring it. Without it one is run in the cluster, on one pod: for development only.`, address(holds)),
    port: key(port.default(defaultPort), "Its port.", pods),
    authority: key(authorities.default("public"), "Who signed its certificate: public, or certificates of authorities in PEM.", pods),
    verify: key(z.enum(["full", "ca"]).default("full"), "What is verified: authority and name, or the authority alone where the certificate names no host.", pods),
    ranges: key(ranges, "Its addresses: nothing else is reached on its port.", inPlace),
    image: key(image.optional(), "Image of the one that is run in the cluster.", usersNotice(`${what} restarts`)),
    runAs: key(z.int().min(1).default(999), "User and group of the image.", usersNotice(`${what} restarts`)),
  };
}

/** The group `moodle:existing`: the cluster, and where each service is. */
export const existingKeys = z.strictObject({
  cluster: key(
    namespaceName.default("existing"),
    "A name of yours for the cluster. What the state knows is in the cluster of this name, whatever the kubeconfig says.",
    refused("everything would be built anew in the other cluster; use a new stack"),
  ),
  context: key(
    z.string().min(1).optional(),
    "Context of the kubeconfig. Without the secret moodle:kubeconfig: of the kubeconfig of the machine that runs pulumi.",
    none,
  ),
  podRanges: key(
    z.array(addressRange).min(1).default(["10.42.0.0/16", "10.244.0.0/16"]),
    "Where pods get their addresses; whoever passes requests on from there is believed about the visitor's address. The default is k3s's and kind's.",
    usersNotice("pods are replaced one after the other"),
  ),
  storageClass: key(
    objectName.optional(),
    "Storage class of the servers that are run in the cluster. Default: the cluster's own default.",
    refused("the disks of the servers would be replaced", ["database", "sessionCache", "applicationCache", "objectStore"]),
  ),
  database: key(
    z
      .strictObject({
        ...server("the database", "database", 5432),
        name: key(z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/, { error: "the name of a database" }).optional(), "The database you bring, empty and in UTF-8.", pods),
        user: key(z.string().min(1).max(63).optional(), "The user that owns it.", pods),
      })
      .prefault({}),
    "PostgreSQL. Its password is the secret moodle:databasePassword.",
    inPlace,
  ),
  sessionCache: key(
    z.strictObject({ ...server("the session cache", "sessionCache", 6379), user: key(z.string().min(1).optional(), "User, where the server asks for one.", pods) }).prefault({}),
    "Valkey or Redis for sessions, which must not evict. Its password is the secret moodle:sessionCachePassword.",
    inPlace,
  ),
  applicationCache: key(
    z.strictObject({ ...server("the application cache", "applicationCache", 6379), user: key(z.string().min(1).optional(), "User, where the server asks for one.", pods) }).prefault({}),
    "Valkey or Redis for what can be computed again. Its password is the secret moodle:applicationCachePassword. Ignored without cache.separate.",
    inPlace,
  ),
  objectStore: key(
    z
      .strictObject({
        endpoint: key(
          z.string().regex(/^https:\/\/[^/\s]+$/, { error: "an address that begins with https://, without a path" }).optional(),
          "Address of an S3 server with a publicly trusted certificate, if you bring it. Without it one is run in the cluster, on one pod: for development only.",
          address("objectStore"),
        ),
        region: key(z.string().min(1).default("us-east-1"), "Region that requests are signed with.", pods),
        bucket: key(z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { error: "the name of a bucket" }).default("moodle"), "The bucket. In the store that you bring it must exist.", pods),
        ranges: key(ranges, "Its addresses: nothing else is reached on its port.", inPlace),
        image: key(image.optional(), "Image of the one that is run in the cluster.", usersNotice("the object store restarts")),
        runAs: key(z.int().min(1).default(10_034), "User and group of the image.", usersNotice("the object store restarts")),
        size: key(sizeBetween("1 GiB", "16 TiB").default("20 GiB"), "Disk of the one that is run in the cluster.", held(inPlace, "size", ["objectStore"])),
      })
      .prefault({}),
    "The object store of files.mode objectfs. Its key is the secrets moodle:objectStoreAccessKeyId and moodle:objectStoreSecretAccessKey.",
    inPlace,
  ),
  files: key(
    z
      .strictObject({
        storageClass: key(
          objectName.optional(),
          "A class that makes the volume, or that the PersistentVolume is of. Modes objectfs and shared need one that many nodes can mount.",
          volume,
        ),
        persistentVolume: key(
          objectName.optional(),
          "A PersistentVolume that exists, ReadWriteMany unless the mode is block.",
          volume,
        ),
        nfs: key(
          z.strictObject({ server: key(host, "The NFS server.", volume), path: key(absolutePath, "What it exports.", volume) }).optional(),
          "An NFS export.",
          inPlace,
        ),
        local: key(
          z.strictObject({ path: key(absolutePath, "The folder. It must exist.", volume), node: key(objectName, "Name of the node.", volume) }).optional(),
          "A folder of one node, for development: all pods run there.",
          inPlace,
        ),
        writableBy: key(
          z.enum(["volume", "fsGroup", "job"]).default("fsGroup"),
          "How it becomes writable for Moodle's group 10033. volume: it is; fsGroup: the kubelet sees to it, where the driver can; job: a Job that runs as root, once.",
          inPlace,
        ),
      })
      .prefault({}),
    "The volume of Moodle's files: one of storageClass, persistentVolume, nfs and local. Mode block without any takes the cluster's default class.",
    inPlace,
  ),
  ingress: key(
    z
      .strictObject({
        class: key(
          z.enum(["gateway", "none"]).default("gateway"),
          "gateway: Envoy Gateway, cert-manager and a Service of type LoadBalancer are installed. none: the cluster has its own way in; route the site's name to the Service moodle-web, port 80, in the namespace moodle.",
          usersNotice("visitors reach the site the other way"),
        ),
        namespace: key(namespaceName.default("kube-system"), "Of class none: namespace of the pods that pass requests on. The default is k3s's.", inPlace),
        loadBalancerClass: key(z.string().min(1).optional(), "Of class gateway: the class of the LoadBalancer Service.", usersNotice("the site's address changes")),
        annotations: key(z.record(z.string(), z.string()).default({}), "Of class gateway: annotations of the LoadBalancer Service.", inPlace),
        clientAddress: key(
          z.enum(["packet", "proxy protocol", "header"]).default("packet"),
          "Of class gateway: how the visitor's address passes the load balancer.",
          inPlace,
        ),
        trustedRanges: key(z.array(addressRange).default([]), "Of clientAddress header: addresses of the load balancer.", inPlace),
      })
      .prefault({}),
    "How visitors get into the cluster.",
    inPlace,
  ),
});

/** Of the platform's keys those whose change does something else here. */
export const existingChanges: Readonly<Record<string, Change>> = {
  "moodle:cluster.version": none,
  "moodle:database.version": refused("the server in the cluster cannot read what another version wrote; restore into a new stack", ["database"]),
};

/** The group's keys as the adapter uses them. */
export type ExistingSettings = z.infer<typeof existingKeys>;

/** @returns the adapter's own keys out of a plan. */
export function existingSettings(plan: CloudPlan): ExistingSettings {
  return existingKeys.parse(plan.settings);
}
