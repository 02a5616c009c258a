import { type Invoke } from "../../provider/behaviour";
import { text } from "../../provider/properties";
import { lookUpZone } from "./dns";
import { isRegion, PROJECT_NUMBER, projectOf, regionOf, zonesOf } from "./place";
import { liveWhere } from "./reference";
import { answered, refused } from "./refusals";
import { isEnabled } from "./serviceUsage";
import * as tokens from "./tokens";

const getClientConfig: Invoke = (_, { config }) => ({
  ...{ id: "client", accessToken: "ya29.simulated", defaultLabels: config.defaultLabels ?? {} },
  project: text(config, "project") ?? "",
  region: text(config, "region") ?? "",
  zone: text(config, "zone") ?? "",
});

const getProject: Invoke = (args, context) => {
  const projectId = text(args, "projectId") ?? projectOf({}, context);
  return {
    ...{ id: `projects/${projectId}`, projectId, number: PROJECT_NUMBER, name: projectId, deletionPolicy: "PREVENT", autoCreateNetwork: true },
    ...{ orgId: "", folderId: "", billingAccount: "000000-000000-000000", labels: {}, effectiveLabels: {}, pulumiLabels: {}, tags: {} },
  };
};

const getZones: Invoke = (args, context) => {
  const project = projectOf(args, context);
  const region = regionOf(args, context);
  if (!isEnabled(context, project, "compute.googleapis.com")) {
    throw answered(403, `Compute Engine API has not been used in project ${PROJECT_NUMBER} before or it is disabled.`, "accessNotConfigured");
  }
  if (!isRegion(region)) throw answered(404, `The resource 'projects/${project}/regions/${region}' was not found`, "notFound");
  return { id: `projects/${project}/regions/${region}`, project, region, status: args.status, names: text(args, "status") === "DOWN" ? [] : zonesOf(region) };
};

const getAccount: Invoke = (args, context) => {
  const wanted = text(args, "accountId") ?? "";
  const email = wanted.includes("@") ? wanted : `${wanted}@${projectOf(args, context)}.iam.gserviceaccount.com`;
  const found = liveWhere(context, tokens.SERVICE_ACCOUNT, "email", email)[0];
  if (found === undefined) throw refused(`Error when reading or editing Service Account "${wanted}": googleapi: Error 404: Unknown service account, notFound`);
  return { ...found.outputs, id: found.id, accountId: wanted };
};

/** The functions of the SDK that are answered. */
export const invokes: Readonly<Record<string, Invoke>> = {
  "gcp:compute/getZones:getZones": getZones,
  "gcp:dns/getManagedZone:getManagedZone": lookUpZone,
  "gcp:organizations/getClientConfig:getClientConfig": getClientConfig,
  "gcp:organizations/getProject:getProject": getProject,
  "gcp:serviceaccount/getAccount:getAccount": getAccount,
};
