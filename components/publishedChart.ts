import { Release } from "@pulumi/kubernetes/helm/v3";
import type * as pulumi from "@pulumi/pulumi";
import type { PublishedChart } from "./plan/thirdPartyCharts";

interface Installation {
  readonly namespace: pulumi.Input<string>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Seconds Helm waits for a controller's pods: on an automatic cluster their nodes come first. */
const patience = 900;

/** Installs a chart somebody else publishes. */
export function publishedChart(
  name: string,
  chart: PublishedChart,
  { namespace, values }: Installation,
  opts: pulumi.CustomResourceOptions,
): Release {
  return new Release(
    name,
    {
      chart: chart.chart,
      version: chart.version,
      ...(chart.repository && { repositoryOpts: { repo: chart.repository } }),
      namespace,
      values: { ...values },
      maxHistory: 10,
      timeout: patience,
    },
    { ...opts, customTimeouts: { create: "20m", update: "20m", delete: "20m" } },
  );
}
