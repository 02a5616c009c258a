import { Service } from "@pulumi/gcp/projects";
import * as pulumi from "@pulumi/pulumi";
import type { CloudPlan } from "../../components/plan/cloudPlan";

/**
 * The services of a project, each of which answers only where it is switched on. `serviceusage` must be already: it does the
 * switching. https://cloud.google.com/service-usage/docs/enabled-service
 */
const always = [
  "artifactregistry",
  "backupdr",
  "cloudasset",
  "cloudresourcemanager",
  "compute",
  "container",
  "iam",
  "logging",
  "monitoring",
  "redis",
  "secretmanager",
  "servicenetworking",
  "sqladmin",
  "storage",
] as const;

/** Those only some plans need. */
const asPlanned = ["dns", "file"] as const;

export type Api = (typeof always)[number] | (typeof asPlanned)[number];

/** By name, without `.googleapis.com`. What a plan does not need is not switched on. */
export type Apis = Readonly<Partial<Record<Api, Service>>>;

/**
 * Switches on what the plan needs. Nothing is switched off again: whatever else is in the project may use it.
 *
 * @param parent of the drawer they are in.
 */
export function createApis(name: string, { ingress, sharedFiles }: CloudPlan, project: string, parent: pulumi.Resource): Apis {
  const drawer = new pulumi.ComponentResource("moodle:gcp:Services", `${name}-services`, {}, { parent });
  const needed: readonly Api[] = [...always, ...(ingress.dnsZone === undefined ? [] : ["dns" as const]), ...(sharedFiles ? ["file" as const] : [])];
  return Object.fromEntries(
    needed.map((api) => [
      api,
      new Service(`${name}-${api}`, { project, service: `${api}.googleapis.com`, disableOnDestroy: false }, { parent: drawer }),
    ]),
  );
}

/** @returns the services among those asked for that the plan switched on, for `dependsOn`. */
export function after(apis: Apis, ...asked: readonly Api[]): Service[] {
  return asked.flatMap((api) => apis[api] ?? []);
}
