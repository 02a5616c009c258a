import { z } from "zod";
import { bare } from "../../components/config/allowed";
import type { Declaration } from "../../components/config/declarations";

/** What the walk sets keys to that have no short list of allowed values. */
export type WalkValues = Readonly<Record<string, readonly unknown[]>>;

/** Leaves a key out, where that is possible. */
export const left = undefined;

/**
 * What the walk sets keys to that have no short list of allowed values, or one of which each does the same: up and down, added and
 * taken away. At least one of each must differ from what a stack has; what a new stack could not be built with either is passed over.
 */
const representative: WalkValues = {
  "moodle:concurrentUsers": [10, 100, 1500, 5000],
  "moodle:site.hostname": ["learn.example.edu"],
  "moodle:site.name": ["Another name"],
  "moodle:site.shortName": ["Another", left],
  "moodle:site.language": ["pt_br", left],
  "moodle:site.adminUser": ["somebody", left],
  "moodle:site.adminEmail": ["somebody@example.edu"],
  "moodle:application.version": ["4.5.9", "5.1.6", "5.1.8", "5.2.2"],
  "moodle:application.image": [`rehearsal.invalid/moodle@sha256:${"1".repeat(64)}`],
  "moodle:application.releaseLimit": ["2 min", "6 h"],
  "moodle:application.settings": [{ forcelogin: true }, { debug: 0, forcelogin: false }],
  "moodle:application.pluginSettings": [{ mod_quiz: { graceperiod: 60 } }],
  "moodle:files.offload.largerThan": ["1 MiB"],
  "moodle:files.offload.after": ["1 d"],
  "moodle:files.offload.keepLocally": ["0 s", "30 d"],
  "moodle:files.disk.size": ["20 GiB", "200 GiB"],
  "moodle:files.disk.iops": [4000],
  "moodle:files.disk.throughput": [250],
  "moodle:database.storage": ["30 GiB", "50 GiB", "300 GiB"],
  "moodle:database.storageLimit": ["90 GiB", "2 TiB"],
  "moodle:database.retention": ["1 d", "35 d"],
  "moodle:network.range": ["10.128.0.0/16", "10.64.0.0/17"],
  "moodle:network.zones": [2, 3],
  "moodle:ingress.tls.acmeServer": ["https://acme.example.edu/directory"],
  "moodle:ingress.tls.secretName": ["certificate"],
  "moodle:ingress.uploadLimit": ["64 MiB", "2 GiB"],
  "moodle:ingress.timeout": ["60 s", "20 min"],
  "moodle:ingress.allowedRanges": [["0.0.0.0/0", "198.51.100.0/24"], ["198.51.100.0/24"]],
  "moodle:cluster.endpointRanges": [["203.0.113.0/24", "198.51.100.0/24"], []],
  "moodle:cron.runners": [1, 4],
  "moodle:cron.adhocRunners": [2],
  "moodle:mail.host": ["mail.example.edu"],
  "moodle:mail.port": [465, 587],
  "moodle:mail.user": ["another"],
  "moodle:mail.from": ["another@example.edu"],
  "moodle:observability.logRetention": ["3 d", "180 d"],
  "moodle:observability.alarmEmails": [["moodle-alarms@example.edu", "duty@example.edu"], ["duty@example.edu"], []],
  "moodle:observability.prometheusNamespace": ["monitoring"],
  "moodle:maintenance.day": ["mon", "sun"],
  "moodle:maintenance.hour": [4],
  "moodle:maintenance.backupHour": [5],
  "moodle:sizing.webReplicasMin": [1, 3],
  "moodle:sizing.webReplicasMax": [1, 20],
  "moodle:sizing.webMemory": ["1.5 GiB", "4 GiB"],
  "moodle:sizing.databaseCpus": [2, 16],
  "moodle:sizing.sessionCacheMemory": ["1 GiB", "20 GiB"],
  "moodle:sizing.applicationCacheMemory": ["1 GiB", "20 GiB"],
  "moodle:tags": [{ faculty: "science" }],
};

/** What keys cannot be changed without: other keys, and what they are set to with them where a stack has none. */
export type Together = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export const together: Together = {
  "moodle:ingress.tls.source": { "moodle:ingress.tls.secretName": "certificate" },
  "moodle:ingress.tls.secretName": { "moodle:ingress.tls.source": "secret" },
};

/** Where a key starts from as well: the committed stacks are already at its end, may not go back, or leave it to whoever runs them. */
export const starts: Readonly<Record<string, unknown>> = {
  "moodle:database.version": "16",
  "moodle:cache.separate": true,
  "azure-native:subscriptionId": "00000000-0000-4000-8000-000000000001",
};

/**
 * @param own values in a cloud's own words.
 * @returns what the walk sets a key to; undefined where nobody has said.
 */
export function valuesOf({ key, type }: Pick<Declaration, "key" | "type">, own: WalkValues): readonly unknown[] | undefined {
  return own[key] ?? representative[key] ?? everyOne(bare(type));
}

/** Keys with values that nothing declares. */
export function strayValues(declared: readonly string[], own: WalkValues): string[] {
  return [...Object.keys(representative), ...Object.keys(own)].filter((key) => !declared.includes(key));
}

function everyOne(type: z.ZodType): readonly unknown[] | undefined {
  if (type instanceof z.ZodBoolean) return [true, false];
  if (type instanceof z.ZodEnum) return type.options;
  if (!(type instanceof z.ZodUnion)) return undefined;
  const literals = type.options.filter((option) => option instanceof z.ZodLiteral);
  return literals.length === type.options.length ? literals.flatMap((option) => [...option.values]) : undefined;
}
