import * as pulumi from "@pulumi/pulumi";
import type { BroughtSecrets, CloudFoundation, CloudProvider, DnsRecord } from "../providers/contract";
import { ClusterServices, isOwn } from "./clusterServices";
import { broughtSecretKeys, type SecretKey } from "./config/schema";
import { MoodleApplication } from "./moodleApplication";
import type { PlatformPlan } from "./plan/platformPlan";
import { protectedIn } from "./plan/stateful";
import { retries } from "./retries";
import { Safeguard } from "./safeguard";
import { SiteSecrets } from "./siteSecrets";

export interface MoodlePlatformArgs {
  /** What was decided: `planPlatform(config)`. */
  readonly plan: PlatformPlan;
  /** Where it is built: an adapter of `providers/`. */
  readonly cloud: CloudProvider;
  /** The secrets of the config, by key. */
  readonly secrets: Readonly<Partial<Record<SecretKey, pulumi.Output<string>>>>;
}

/**
 * Moodle on a managed Kubernetes cluster: the cloud's foundation, what the cluster needs, and the release.
 *
 * Everything that holds data is protected; `plan.foundation.unprotected` names the exceptions somebody consented to.
 */
export class MoodlePlatform extends pulumi.ComponentResource {
  /** Where visitors go. */
  readonly url: pulumi.Output<string>;
  readonly adminUser: string;
  /** Secret. */
  readonly adminPassword: pulumi.Output<string>;
  /** Secret. Holds no token. */
  readonly kubeconfig: pulumi.Output<string>;
  /** The record that points the site's name at the load balancer, and whether it still has to be made by hand. Undefined: none is ours. */
  readonly dns?: pulumi.Output<PublishedRecord>;
  /** `pending`: the certificate follows once the name points here; `managed`: it comes by itself; `given`: it is yours. */
  readonly tls: "pending" | "managed" | "given";
  /** Hosts and ports, for people; passwords are in the cloud's secret store. */
  readonly endpoints: pulumi.Output<Endpoints>;
  readonly observability: CloudFoundation["observability"];
  /** Where images for this platform are published. */
  readonly registry: pulumi.Output<string>;

  constructor(name: string, { plan, cloud, secrets }: MoodlePlatformArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const patient = retries(name, { passes: cloud.passes, second: plan.rehearsal ? rehearsedSecond : 1000 });
    super("moodle:index:MoodlePlatform", name, {}, pulumi.mergeOptions(opts, { transformations: [patient] }));
    const child = { parent: this };

    const site = new SiteSecrets(
      `${name}-site`,
      { protect: !plan.foundation.unprotected.includes("keys"), ...secrets },
      child,
    );
    const foundation = cloud.provision(name, plan.foundation, site.values, child, broughtAmong(secrets));
    const services = new ClusterServices(`${name}-services`, { plan, foundation }, child);
    const application = new MoodleApplication(
      `${name}-application`,
      { plan, foundation, secrets: site.values, wayIn: services.wayIn, after: services.ready },
      child,
    );
    new Safeguard(
      `${name}-safeguard`,
      { protect: protectedIn(plan.foundation).length > 0, of: [site, foundation.component, services, application] },
      child,
    );

    this.url = pulumi.interpolate`https://${plan.site.hostname}`;
    this.adminUser = plan.site.adminUser;
    this.adminPassword = site.values.adminPassword;
    this.kubeconfig = foundation.kubernetes.kubeconfig;
    this.dns = services.record?.apply((record): PublishedRecord => ({ ...record, madeBy: foundation.dns.managed ? "platform" : "you" }));
    this.tls = tlsState(plan, foundation);
    this.endpoints = endpointsOf(foundation);
    this.observability = foundation.observability;
    this.registry = foundation.imagePull.registry;
    this.registerOutputs({ url: this.url, release: application.release.name });
  }
}

/** Milliseconds a rehearsal waits for a second: what it waits for passes on a clock that does not wait. */
const rehearsedSecond = 10;

interface PublishedRecord extends DnsRecord {
  readonly madeBy: "platform" | "you";
}

function broughtAmong(secrets: MoodlePlatformArgs["secrets"]): BroughtSecrets {
  return Object.fromEntries(Object.entries(secrets).filter(([name]) => name in broughtSecretKeys));
}

interface Endpoints {
  readonly database: string;
  readonly sessionCache: string;
  readonly applicationCache: string;
  readonly objectStore?: string;
}

function endpointsOf({ database, sessionCache, applicationCache, objectStore }: CloudFoundation): pulumi.Output<Endpoints> {
  return pulumi.output({
    database: pulumi.interpolate`${database.host}:${database.port}`,
    sessionCache: pulumi.interpolate`${sessionCache.host}:${sessionCache.port}`,
    applicationCache: pulumi.interpolate`${applicationCache.host}:${applicationCache.port}`,
    ...(objectStore && { objectStore: objectStore.bucket }),
  });
}

function tlsState({ clusterServices }: PlatformPlan, foundation: CloudFoundation): "pending" | "managed" | "given" {
  if (isOwn(foundation.ingress) || clusterServices.tls.source === "secret") return "given";
  return foundation.certificates ? "managed" : "pending";
}
