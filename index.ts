import * as pulumi from "@pulumi/pulumi";
import { allConfig } from "@pulumi/pulumi/runtime";
import type { RawConfig } from "./components/config/given";
import { cloudNamed, loadConfig } from "./components/config/load";
import { ConfigError } from "./components/config/configError";
import { settledFrom, type Settled } from "./components/config/settled";
import { lastOutputs } from "./components/lastOutputs";
import { MoodlePlatform } from "./components/moodlePlatform";
import { readableEstimate } from "./components/plan/estimate";
import { platformName } from "./components/plan/identity";
import { planPlatform } from "./components/plan/platformPlan";
import { statefulIn } from "./components/plan/stateful";
import { cloudNames, cloudProvider } from "./providers/registry";

const encrypted = new Set<string>(JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS ?? "[]") as string[]);
const raw: RawConfig = { values: allConfig(), isSecret: (key) => encrypted.has(key) };

export = async () => {
  const last = await lastOutputs([pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/"));
  const { config, cloud, settled } = loadConfig(raw, {
    clouds: cloudNames,
    cloud: cloudProvider(cloudNamed(raw)),
    today: new Date().toISOString().slice(0, 10),
    settled: settledFrom(last.settled),
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

  return {
    url: platform.url,
    adminUser: platform.adminUser,
    adminPassword: platform.adminPassword,
    kubeconfig: platform.kubeconfig,
    ...(platform.dns && { dns: platform.dns }),
    tls: platform.tls,
    endpoints: platform.endpoints,
    registry: platform.registry,
    podLogs: platform.observability.podLogs,
    alarms: platform.observability.alarms,
    versions: { moodle: config.application.version, kubernetes: config.cluster.version, postgresql: config.database.version },
    monthlyEstimate: readableEstimate(cloud.estimate(plan.foundation)),
    settled: { values: settled, resources: statefulIn(plan.foundation, cloud.brings?.(plan.foundation)) } satisfies Settled,
  };
};
