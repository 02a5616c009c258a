import * as pulumi from "@pulumi/pulumi";
import type { BroughtSecret } from "../../../components/config/schema";
import type { CloudPlan } from "../../../components/plan/cloudPlan";
import type { Answers } from "../../support/recording";
import type { Place } from "../places";

/** What a cluster would answer, as far as other resources read it. */
export const existingAnswers: Answers = {
  outputs: (type, name) => (type === "random:index/randomPassword:RandomPassword" ? { result: `password-of-${name}` } : {}),
  invokes: {},
};

/** Made-up values of secrets, marked as such. */
export function brought(...names: BroughtSecret[]) {
  return Object.fromEntries(names.map((name) => [name, pulumi.secret(`the ${name} that was brought`)]));
}

const everySecret: readonly BroughtSecret[] = ["kubeconfig", "databasePassword", "sessionCachePassword", "applicationCachePassword", "objectStoreAccessKeyId", "objectStoreSecretAccessKey"];

/** The settings of a cluster to which everything is brought along. */
export const allBrought = {
  database: { host: "database.example.edu" },
  sessionCache: { host: "sessions.example.edu", port: 6380 },
  applicationCache: { host: "cache.example.edu" },
  objectStore: { endpoint: "https://objects.example.edu:9000" },
  files: { storageClass: "shared" },
} as const;

/** A plan for a cluster to which everything it asks for is brought along. */
export function withEverythingBrought(plan: CloudPlan): CloudPlan {
  const asked = everySecret.filter((name) => (plan.applicationCache || name !== "applicationCachePassword") && (plan.objectStore || !name.startsWith("objectStore")));
  return { ...plan, settings: allBrought, broughtSecrets: asked, observability: { ...plan.observability, alarmEmails: [] } };
}

/** A plan for a cluster that runs all servers itself. */
export function withEverythingInside(plan: CloudPlan): CloudPlan {
  const { database, sessionCache, applicationCache, ...rest } = plan;
  return {
    ...rest,
    environment: "staging",
    settings: { files: { local: { path: "/srv/moodle", node: "node-1" } }, ingress: { class: "none" } },
    broughtSecrets: ["kubeconfig"],
    database: { ...database, highAvailability: false },
    sessionCache: { ...sessionCache, highAvailability: false },
    ...(applicationCache && { applicationCache: { ...applicationCache, highAvailability: false } }),
    observability: { ...plan.observability, alarmEmails: [] },
  };
}

const common = {
  cloud: "existing",
  region: "existing",
  deployers: ["operations", "deploy"],
  answers: existingAnswers,
  notPriced: "what the operator has is paid for already",
} as const;

export const existingPlaces: Readonly<Record<string, Place>> = {
  "existing, with everything brought along": { ...common, adapt: withEverythingBrought, holds: ["keys"], brought: () => brought(...everySecret) },
  "existing, with everything in the cluster": {
    ...common,
    adapt: withEverythingInside,
    holds: ["database", "sessionCache", "applicationCache", "objectStore", "keys"],
    brought: () => brought("kubeconfig"),
  },
};
