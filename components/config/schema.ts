import { z } from "zod";
import { environmentKey, type Environment } from "./environment";
import { applicationGroup } from "./groups/application";
import { cacheGroup } from "./groups/cache";
import { clusterGroup } from "./groups/cluster";
import { consent } from "./groups/dataLoss";
import { databaseGroup } from "./groups/database";
import { filesGroup } from "./groups/files";
import { ingressGroup } from "./groups/ingress";
import { networkGroup } from "./groups/network";
import { cronGroup, mailGroup, maintenanceGroup, observabilityGroup } from "./groups/operations";
import { siteGroup } from "./groups/site";
import { sizingGroup } from "./groups/sizing";
import { inPlace, key, none, refused, usersNotice } from "./key";

/** Secrets of what exists already, for clouds where the operator brings it. */
export const broughtSecretKeys = {
  kubeconfig: "Of a cluster that exists: the kubeconfig of an administrator.",
  databasePassword: "Of a database that is brought along.",
  sessionCachePassword: "Of a session cache that is brought along.",
  applicationCachePassword: "Of an application cache that is brought along.",
  objectStoreAccessKeyId: "Of an object store that is brought along: the ID of its access key.",
  objectStoreSecretAccessKey: "Of an object store that is brought along: its secret access key.",
} as const;

export type BroughtSecret = keyof typeof broughtSecretKeys;

/** The keys that are secrets. Each stands alone, because one secret inside an object makes all of the object secret. */
export const secretKeys = {
  mailPassword: "Password of the mail server's user.",
  encryptionKey:
    "Of a restored platform: the encryption key its database was written with, as its copy in the cloud's secret store holds it. " +
    "Without it one is generated.",
  passwordPeppers:
    "Of a restored platform: the peppers its users' passwords were written with, as their copy in the cloud's secret store " +
    "holds them. Without it one is generated.",
  ...broughtSecretKeys,
} as const;

export type SecretKey = keyof typeof secretKeys;

/**
 * Every key of the stack file but the chosen cloud's own, declared once: the parser, its type, the reference page, the
 * editor's schema and the tests are made from it.
 *
 * @param environment decides the defaults.
 * @param clouds the names `cloud` may have.
 */
export function platformConfig(environment: Environment, clouds: readonly string[]): ReturnType<typeof declared> {
  const which = [environment, ...clouds].join(" ");
  const schema = schemas.get(which) ?? declared(environment, clouds);
  schemas.set(which, schema);
  return schema;
}

/** Making one takes longer than reading a config by it. */
const schemas = new Map<string, ReturnType<typeof declared>>();

function declared(environment: Environment, clouds: readonly string[]) {
  return z.strictObject({
    cloud: key(
      z.enum(clouds as [string, ...string[]]),
      "Where the platform is built.",
      refused("everything would be built anew elsewhere; use a new stack and restore into it"),
    ),
    environment: key(
      environmentKey,
      "What the stack is for; decides the defaults marked with it.",
      refused("the defaults of data services change; set the keys you want to change one by one"),
    ),
    rehearsal: key(
      z.boolean().default(false),
      "Set by rehearsals only: example host names and a marked image are accepted.",
      none,
    ),
    concurrentUsers: key(
      z.int().min(10).max(20_000).default(100),
      "Users active in the same five minutes at the peak: the number every size is derived from.",
      usersNotice("pods, database and caches are resized; the database restarts where its class changes"),
    ),
    site: key(siteGroup(), "What visitors see and where they find it.", inPlace),
    application: key(applicationGroup(), "Which Moodle runs.", inPlace),
    files: key(filesGroup().prefault({}), "Where student work is stored.", inPlace),
    database: key(databaseGroup(environment).prefault({}), "The managed PostgreSQL.", inPlace),
    cache: key(cacheGroup(environment).prefault({}), "Managed Redis: sessions and the application cache.", inPlace),
    network: key(networkGroup(environment).prefault({}), "The platform's own network.", inPlace),
    ingress: key(ingressGroup().prefault({}), "How visitors reach the site.", inPlace),
    cluster: key(clusterGroup(), "The managed Kubernetes cluster.", inPlace),
    cron: key(cronGroup().prefault({}), "Moodle's background work.", inPlace),
    mail: key(mailGroup().optional(), "Outgoing mail. Without it the site sends none.", inPlace),
    observability: key(observabilityGroup(environment).prefault({}), "What operators see.", inPlace),
    maintenance: key(maintenanceGroup().prefault({}), "When the clouds may work on the platform.", inPlace),
    sizing: key(sizingGroup().prefault({}), "Overrides of what concurrentUsers decides.", inPlace),
    tags: key(
      z
        .record(
          z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/, { error: "a tag's name: lower-case letters, digits, - and _" }),
          z.string().regex(/^[a-z0-9_.-]{0,63}$/, { error: "a tag's value every cloud accepts: a-z, 0-9, dot, - and _" }),
        )
        .default({}),
      "Labels on everything that is paid for, for the bill.",
      inPlace,
    ),
    allowDataLoss: key(
      z.array(consent).default([]),
      "Consent to lose named things until a day. Lifts their protection; without it nothing that holds data can go.",
      inPlace,
    ),
  });
}

/** The declared keys' values. */
export type Declared = z.infer<ReturnType<typeof platformConfig>>;

/** What the operator says, checked and completed by defaults; frozen. */
export type PlatformConfig = Declared & {
  /** The region or location, from the key of the cloud's own provider; the cloud's name where it has none. */
  readonly region: string;
  /** The chosen cloud's own keys, checked by the declarations of its adapter. */
  readonly cloudSettings: Readonly<Record<string, unknown>>;
  /** Names of the secrets that are set. Their values travel beside the config. */
  readonly secrets: readonly SecretKey[];
};
