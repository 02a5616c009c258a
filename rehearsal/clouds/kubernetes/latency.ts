import type { Latency, Source } from "../../provider/behaviour";
import { flag, number, type Properties, text } from "../../provider/properties";
import { publishedChart } from "./publishedCharts";

const assumed = (from: string): Source => ({ basis: "assumed", from });

/** One call to the API server, and nothing to wait for. */
export const apiCall: Latency = {
  create: 0.01,
  update: 0.01,
  delete: 0.02,
  source: assumed("about half a second for an API call"),
};
const rollout = assumed("an image to pull and a probe to pass");

/** By kind, where the provider waits. */
export const latencies: Readonly<Record<string, Latency>> = {
  "kubernetes:core/v1:Namespace": { ...apiCall, delete: 0.25, source: assumed("a round of the garbage collector") },
  "kubernetes:core/v1:Service": {
    create: (inputs) => (text(inputs, "spec.type") === "LoadBalancer" ? 1.5 : 0.2),
    update: 0.2,
    delete: (inputs) => (text(inputs, "spec.type") === "LoadBalancer" ? 1 : 0.05),
    source: assumed("a network load balancer's address and its removal; ten seconds for endpoints to settle"),
  },
  "kubernetes:apps/v1:Deployment": { create: 0.75, update: 0.75, delete: 0.5, source: rollout },
  "kubernetes:apps/v1:StatefulSet": { create: 1, update: 1, delete: 0.5, source: rollout },
  "kubernetes:apps/v1:DaemonSet": { create: 0.75, update: 0.75, delete: 0.5, source: rollout },
  "kubernetes:core/v1:Pod": { create: 0.5, update: 0.1, delete: 0.5, source: assumed("an image to pull") },
  "kubernetes:batch/v1:Job": { create: 1, update: 0.1, delete: 0.1, source: assumed("a minute's work") },
};

/** Minutes Helm waits for a chart that is rendered here, by the chart's own name. */
const RENDERED: Readonly<Record<string, { readonly install: number; readonly upgrade: number }>> = {
  // First installation of Moodle's database with the pods around it: 4 to 30 minutes, reported. An upgrade: assumed.
  moodle: { install: 7, upgrade: 3 },
};
const UNKNOWN_CHART = { install: 1.5, upgrade: 1 };

/** Minutes until everything of a release is ready, if nothing is wrong; without what `timeout` cuts off. */
export function releaseMinutes(inputs: Properties, operation: "install" | "upgrade"): number {
  if (flag(inputs, "skipAwait") === true) return 0.1;
  const chart = text(inputs, "chart") ?? "";
  const published = publishedChart(chart);
  const rendered = RENDERED[chart.split("/").at(-1) ?? ""];
  return (published ?? rendered ?? UNKNOWN_CHART)[operation];
}

/** Minutes Helm waits at most: `timeout` seconds, 300 by default. */
export function releaseTimeout(inputs: Properties): number {
  return (number(inputs, "timeout") ?? 300) / 60;
}

/** Helm releases: by chart, never longer than the release's timeout. */
export const releaseLatency: Latency = {
  create: (inputs) => Math.min(releaseMinutes(inputs, "install"), releaseTimeout(inputs)),
  update: (inputs) => Math.min(releaseMinutes(inputs, "upgrade"), releaseTimeout(inputs)),
  delete: (inputs) => (publishedChart(text(inputs, "chart") ?? "") === undefined ? 1 : 0.5),
  source: {
    basis: "reported",
    from: "Envoy Gateway and cert-manager 1:30, Moodle's first installation 7:00; other charts, upgrades and removals assumed",
  },
};
