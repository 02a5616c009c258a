import * as pulumi from "@pulumi/pulumi";
import { allConfig } from "@pulumi/pulumi/runtime";
import type { RawConfig } from "./components/config/given";
import { cloudNamed, loadConfig } from "./components/config/load";
import { ConfigError } from "./components/config/configError";
import { MoodlePlatform } from "./components/moodlePlatform";
import { readableEstimate } from "./components/plan/estimate";
import { platformName } from "./components/plan/identity";
import { planPlatform } from "./components/plan/platformPlan";
import { cloudNames, cloudProvider } from "./providers/registry";

const encrypted = new Set<string>(JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS ?? "[]") as string[]);
const raw: RawConfig = { values: allConfig(), isSecret: (key) => encrypted.has(key) };
const { config, cloud } = loadConfig(raw, {
  clouds: cloudNames,
  cloud: cloudProvider(cloudNamed(raw)),
  today: new Date().toISOString().slice(0, 10),
});

const plan = planPlatform(config, pulumi.getStack());
const problems = cloud.check(plan.foundation);
if (problems.length > 0) throw new ConfigError(problems);

const secrets = new pulumi.Config();
const platform = new MoodlePlatform(platformName, {
  plan,
  cloud,
  secrets: Object.fromEntries(config.secrets.map((name) => [name, secrets.requireSecret(name)])),
});

export const url = platform.url;
export const adminUser = platform.adminUser;
export const adminPassword = platform.adminPassword;
export const kubeconfig = platform.kubeconfig;
export const dns = platform.dns;
export const tls = platform.tls;
export const endpoints = platform.endpoints;
export const registry = platform.registry;
export const podLogs = platform.observability.podLogs;
export const alarms = platform.observability.alarms;
export const versions = { moodle: config.application.version, kubernetes: config.cluster.version, postgresql: config.database.version };
export const monthlyEstimate = readableEstimate(cloud.estimate(plan.foundation));
