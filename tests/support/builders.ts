import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import type { PlatformConfig } from "../../components/config/schema";
import { alarmNames, type AlarmName } from "../../components/plan/cloudPlan";
import { planPlatform, type PlatformPlan } from "../../components/plan/platformPlan";
import type { CloudFoundation } from "../../providers/contract";
import { loadStack, rehearsed, type StackConfig } from "./stackConfig";

/** The least a stack file must say, with a group or key replaced by each override. */
export function aStack(overrides: StackConfig = {}): StackConfig {
  return rehearsed({
    "aws:region": "eu-central-1",
    "moodle:cloud": "aws",
    "moodle:environment": "production",
    "moodle:site": { hostname: "moodle.example.edu", name: "Example University", adminEmail: "moodle@example.edu" },
    "moodle:cluster": { deployers: ["arn:aws:iam::123456789012:role/moodle-deployer"] },
    ...overrides,
  });
}

export function aConfig(overrides: StackConfig = {}): PlatformConfig {
  return loadStack(aStack(overrides)).config;
}

export function aPlan(overrides: StackConfig = {}): PlatformPlan {
  return planPlatform(aConfig(overrides), "test");
}

/** What a cloud would have given for a plan: made-up names in documentation's ranges. Needs {@link withoutEngine}. */
export function aFoundation(plan: PlatformPlan, overrides: Partial<CloudFoundation> = {}): CloudFoundation {
  const component = new pulumi.ComponentResource("test:cloud:Foundation", "foundation");
  const { objectStore, sharedFiles, blockDisk } = plan.foundation;
  const secret = (text: string) => pulumi.secret(text);
  return {
    component,
    kubernetes: {
      provider: new Provider("cluster", { kubeconfig: "{}" }, { parent: component }),
      kubeconfig: secret("a kubeconfig"),
      podRanges: [pulumi.output("10.64.0.0/19"), "10.64.32.0/19"],
      cluster: component,
      ready: [],
    },
    database: {
      host: pulumi.output("database.example.edu"),
      port: 5432,
      name: plan.foundation.database.name,
      user: plan.foundation.database.user,
      password: secret("the database's password"),
      tls: { ca: ["-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n"], verify: "full" },
    },
    sessionCache: { host: pulumi.output("sessions.example.edu"), port: 6379, password: secret("the sessions' password"), tls: { ca: "public", verify: "full" } },
    applicationCache: {
      host: pulumi.output("cache.example.edu"),
      port: 6380,
      user: "moodle",
      password: secret("the cache's password"),
      tls: { ca: "public", verify: "ca" },
    },
    ...(objectStore && {
      objectStore: {
        protocol: "s3",
        region: "eu-central-1",
        bucket: pulumi.output("bucket-of-files"),
        aclHeader: "private",
        credentials: { kind: "workload identity" },
      },
    }),
    ...(sharedFiles && {
      sharedFiles: {
        csi: { driver: "share.csi.example.edu", volumeHandle: pulumi.output("share-1::access-point-1") },
        mountOptions: ["tls"],
        size: sharedFiles.size,
        writableBy: "volume",
      },
    }),
    ...(blockDisk && {
      blockDisk: {
        csi: { driver: "disk.csi.example.edu", volumeHandle: pulumi.output("disk-1"), fsType: "ext4" },
        mountOptions: [],
        size: blockDisk.size,
        zone: { label: "topology.kubernetes.io/zone", value: pulumi.output("zone-a") },
        writableBy: "fsGroup",
      },
    }),
    ingress: { annotations: {}, clientAddress: "packet", trustedRanges: [] },
    dns: { managed: false, publish: (name) => pulumi.output({ name, type: "CNAME" as const, value: "balancer.example.edu" }) },
    imagePull: { registry: pulumi.output("registry.example.edu/moodle") },
    workloadIdentity: { serviceAccountAnnotations: { "example.edu/identity": pulumi.output("identity-1") }, podLabels: {} },
    requiredEgress: [{ reason: "the database", cidr: pulumi.output("10.64.160.0/24"), port: 5432, protocol: "TCP" }],
    observability: {
      podLogs: pulumi.output("logs"),
      alarms: Object.fromEntries(alarmNames.map((name) => [name, pulumi.output(name)])) as Record<AlarmName, pulumi.Output<string>>,
    },
    ...overrides,
  };
}

/** Resources of tests are made without an engine: inputs become outputs. */
export async function withoutEngine(): Promise<void> {
  await pulumi.runtime.setMocks({
    newResource: ({ name, type, inputs }) => ({ id: `${type}-${name}`, state: inputs as Record<string, unknown> }),
    call: ({ token }) => {
      throw new Error(`${token} was called, and no answer is known`);
    },
  });
}
