import { Namespace, Secret } from "@pulumi/kubernetes/core/v1";
import { Release } from "@pulumi/kubernetes/helm/v3";
import * as pulumi from "@pulumi/pulumi";
import type { CloudFoundation } from "../providers/contract";
import { moodleChart } from "./moodle/chart";
import { chartValues } from "./moodle/chartValues";
import type { Deferred } from "./moodle/deferred";
import { releaseTiming } from "./moodle/releaseTiming";
import type { SecretRef, Secrets } from "./moodle/values";
import type { WayIn } from "./clusterServices";
import { createFilesClaim } from "./filesClaim";
import type { PlatformPlan } from "./plan/platformPlan";
import { releaseAdvice } from "./releaseAdvice";
import type { SiteSecretValues } from "./siteSecrets";

/** Values by the names the chart knows them by; those every site has are all there. */
type SecretValues = { readonly [Key in keyof Secrets]: pulumi.Output<string> };

export interface MoodleApplicationArgs {
  readonly plan: PlatformPlan;
  readonly foundation: CloudFoundation;
  readonly secrets: SiteSecretValues;
  readonly wayIn: WayIn;
  /** What must exist before the release: the kinds of objects it makes. */
  readonly after: readonly pulumi.Resource[];
}

/** Moodle itself: a namespace, the Secrets its pods read, and the release of charts/moodle. */
export class MoodleApplication extends pulumi.ComponentResource {
  /** The release as Helm knows it. */
  readonly release: Release;

  constructor(name: string, args: MoodleApplicationArgs, opts: pulumi.ComponentResourceOptions) {
    super("moodle:platform:MoodleApplication", name, {}, opts);
    const { plan, foundation } = args;
    const { provider, cluster } = foundation.kubernetes;
    const inCluster = { parent: this, provider, deletedWith: cluster };

    const namespace = createNamespace();
    const secret = createSecret();
    const pullSecret = createPullSecret();
    const claim = createFilesClaim(`${name}-files`, { plan, foundation, namespace }, inCluster);
    this.release = createRelease();
    this.registerOutputs({ release: this.release.name });

    function createNamespace() {
      return new Namespace(
        `${name}-namespace`,
        {
          metadata: {
            name: plan.site.namespace,
            labels: { "pod-security.kubernetes.io/enforce": strictestLevel(foundation), "pod-security.kubernetes.io/warn": "restricted" },
          },
        },
        inCluster,
      );
    }

    // Immutable and named anew when a value changes: pods then see the change by the name, and roll.
    function createSecret() {
      const values = secretValues(args);
      const secret = new Secret(
        `${name}-secrets`,
        {
          metadata: { namespace: namespace.metadata.name },
          immutable: true,
          stringData: { ...values },
        },
        inCluster,
      );
      return references(values, secret.metadata.name);
    }

    function createPullSecret(): readonly pulumi.Output<string>[] {
      const { dockerConfig } = foundation.imagePull;
      if (!dockerConfig) return [];
      const pull = new Secret(
        `${name}-image-pull`,
        {
          metadata: { namespace: namespace.metadata.name },
          type: "kubernetes.io/dockerconfigjson",
          stringData: { ".dockerconfigjson": dockerConfig },
        },
        inCluster,
      );
      return [pull.metadata.name];
    }

    function createRelease() {
      const chart = moodleChart();
      const timing = releaseTiming(plan.application.releaseLimit);
      const values = chartValues(plan, foundation, {
        chartDigest: chart.digest,
        secrets: secret,
        pullSecrets: pullSecret,
        wayIn: args.wayIn,
        ...(claim && { claim: claim.metadata.name }),
      });
      return new Release(
        `${name}-release`,
        {
          name: "moodle",
          chart: chart.path,
          namespace: namespace.metadata.name,
          values: { ...values },
          // A failed release stays as it is, to be read and repaired: rolling back would run old code on a new schema.
          atomic: false,
          waitForJobs: true,
          maxHistory: 10,
          timeout: timing.helm,
        },
        {
          ...inCluster,
          dependsOn: [...foundation.kubernetes.ready, ...args.after, ...(claim ? [claim] : [])],
          customTimeouts: { create: `${timing.engine}s`, update: `${timing.engine}s`, delete: "20m" },
          hooks: { onError: [releaseAdvice(`${name}-release`, plan)] },
        },
      );
    }
  }
}

/** The Pod Security level that everything passes: what hands a volume over runs as root. */
function strictestLevel({ sharedFiles, blockDisk }: CloudFoundation): "baseline" | "restricted" {
  return (blockDisk ?? sharedFiles)?.writableBy === "job" ? "baseline" : "restricted";
}

/** The same keys, each naming its place in a Secret. */
function references(values: SecretValues, secret: pulumi.Output<string>): Deferred<Secrets> {
  const entries = Object.keys(values).map((key) => [key, { name: secret, key }] as const);
  return Object.fromEntries(entries) as unknown as { readonly [Key in keyof Secrets]: Deferred<SecretRef> };
}

/** Everything pods read from files: the site's own secrets and the passwords of what the cloud gave. */
function secretValues({ foundation, secrets }: MoodleApplicationArgs): SecretValues {
  const { database, sessionCache, applicationCache, objectStore } = foundation;
  const key = objectStore?.credentials.kind === "access key" ? objectStore.credentials : undefined;
  return {
    ...secrets,
    databasePassword: database.password,
    sessionCachePassword: sessionCache.password,
    applicationCachePassword: applicationCache.password,
    ...(key && { objectStoreAccessKeyId: key.id, objectStoreSecretAccessKey: key.secret }),
  };
}
