import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { expect } from "chai";
import { holdings } from "../../../providers/gcp/holdings";
import { clusterWindow, databaseWindow, vaultWindow } from "../../../providers/gcp/maintenance";
import { passesOnGcp } from "../../../providers/gcp/transient";
import { aGcpPlan, built } from "./built";

describe("the alarms on Google Cloud", () => {
  it("watch the database against its limits, and the pods' lines as the plan says", async () => {
    const { inputs, names } = await built(aGcpPlan());
    const condition = (name: string) => (inputs("monitoring/alertPolicy:AlertPolicy", name).conditions as Record<string, Record<string, unknown>>[])[0] ?? {};
    expect(condition("databaseStorage").conditionThreshold?.thresholdValue, "bytes: 1 TiB less a tenth of 100 GiB").to.equal((1024 - 10) * 1024 ** 3);
    expect(condition("databaseConnections").conditionThreshold?.thresholdValue, "four fifths of 500").to.equal(400);
    expect(condition("failedJob").conditionMatchedLog?.filter).to.contain('jsonPayload.event="release.failed"');
    expect(condition("certificateExpiry").conditionMatchedLog?.filter).to.contain("jsonPayload.daysLeft < 14");
    expect(condition("cronAge").conditionPrometheusQueryLanguage?.query).to.equal(
      'absent_over_time(logging_googleapis_com:user_site_alarm_cron_age_c0ffee00{monitored_resource="k8s_container"}[600s])',
    );
    expect(names("monitoring/notificationChannel:NotificationChannel")).to.have.length(2);
  });

  it("hear this cluster alone", async () => {
    const { inputs } = await built(aGcpPlan());
    expect(inputs("logging/metric:Metric").filter).to.contain('resource.labels.cluster_name="site-cluster-c0ffee00"');
  });
});

describe("the windows on Google Cloud", () => {
  const window = { day: "sun", hour: 20, backupHour: 23 } as const;

  it("are long enough for GKE: four of them are 48 hours", () => {
    const { startTime, endTime, recurrence } = clusterWindow(window);
    expect((Date.parse(endTime) - Date.parse(startTime)) / 3_600_000).to.equal(12);
    expect(new Date(startTime).getUTCDay()).to.equal(0);
    expect(recurrence).to.equal("FREQ=WEEKLY;BYDAY=SU");
    for (const [index, day] of (["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const).entries()) {
      expect(new Date(clusterWindow({ ...window, day }).startTime).getUTCDay(), day).to.equal(index);
    }
  });

  it("number Monday as the first day for Cloud SQL", () => {
    expect(databaseWindow(window)).to.deep.equal({ day: 7, hour: 20, updateTrack: "stable" });
    expect(databaseWindow({ ...window, day: "mon" }).day).to.equal(1);
  });

  it("leave backups six hours within a day", () => {
    expect([0, 18, 19, 23].map((backupHour) => vaultWindow({ ...window, backupHour }))).to.deep.equal([
      { startHourOfDay: 0, endHourOfDay: 6 },
      { startHourOfDay: 18, endHourOfDay: 24 },
      { startHourOfDay: 18, endHourOfDay: 24 },
      { startHourOfDay: 18, endHourOfDay: 24 },
    ]);
  });
});

describe("refusals of Google's", () => {
  for (const text of [
    "Error 429: Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute', rateLimitExceeded",
    "googleapi: Error 403: Cloud SQL Admin API has not been used in project 1234 before or it is disabled. Enable it by visiting …, SERVICE_DISABLED",
    "Error 400: Identity Pool does not exist (example-project.svc.id.goog)",
    "Error 400: Service account site-objects@example-project.iam.gserviceaccount.com does not exist.",
    "Error 409: There were concurrent policy changes. Please retry the whole read-modify-write with exponential backoff.",
    "Error 503: The service is currently unavailable., backendError",
  ]) {
    it(`pass: ${text.slice(0, 60)}`, () => expect(passesOnGcp(text)).to.equal(true));
  }
  for (const text of [
    "Error 403: Quota 'SSD_TOTAL_GB' exceeded. Limit: 500.0 in region europe-west3., quotaExceeded",
    "Error 403: Required 'compute.networks.create' permission for 'projects/example-project/global/networks/site', forbidden",
    "Error 409: The Cloud SQL instance already exists. When you delete an instance, you can't reuse the name of the deleted instance until one week from the deletion date., instanceAlreadyExists",
    "Error 400: The network cannot be deleted as it is already being used by 'projects/example-project/…', resourceInUseByAnotherResource",
  ]) {
    it(`stay: ${text.slice(0, 60)}`, () => expect(passesOnGcp(text)).to.equal(false));
  }
});

describe("what Google Cloud holds", () => {
  const scope = {
    region: "europe-west3",
    name: "moodle",
    tags: { application: "moodle", stack: "exams.2027" },
    providerConfig: { "gcp:project": "example-project" },
    known: (name: string) => name === "projects/example-project/locations/europe-west3/clusters/moodle-cluster-c0ffee00",
  };
  const at = (name: string, assetType: string, labels: Record<string, string> = {}) => ({ name, assetType, labels: { name: "moodle-x", ...labels } });
  const cluster = at("//container.googleapis.com/projects/example-project/locations/europe-west3/clusters/moodle-cluster-c0ffee00", "container.googleapis.com/Cluster");
  const secret = at("//secretmanager.googleapis.com/projects/1234/secrets/moodle-secret-c0ffee00", "secretmanager.googleapis.com/Secret");
  const gone = at("//cloudsql.googleapis.com/projects/example-project/instances/moodle-database-0badcafe", "sqladmin.googleapis.com/Instance");
  const nodeDisk = at("//compute.googleapis.com/projects/example-project/zones/z/disks/gke-node", "compute.googleapis.com/Disk", { "goog-gke-node": "" });
  const machine = at("//compute.googleapis.com/projects/example-project/zones/z/instances/gke-node", "compute.googleapis.com/Instance");

  it("is what is listed under the labels and still there, page after page", async () => {
    const asked: string[] = [];
    const ask = (url: string) => {
      asked.push(url);
      if (url.includes("pageToken=second")) return Promise.resolve({ results: [secret, gone, nodeDisk, machine] });
      if (url.includes(":searchAllResources")) return Promise.resolve({ results: [cluster], nextPageToken: "second" });
      return Promise.resolve(url.includes("moodle-database") ? undefined : {});
    };

    const found = await holdings(scope, ask);

    expect(found.map(({ id }) => id)).to.deep.equal([cluster.name, secret.name]);
    expect(found[1]?.names).to.include("projects/example-project/secrets/moodle-secret-c0ffee00");
    expect(found[0]?.logicalName).to.equal("moodle-x");
    expect(new URL(asked[0] ?? "").searchParams.get("query")).to.equal("labels.application=moodle AND labels.stack=exams-2027");
    expect(asked.filter((url) => !url.includes("search"))).to.deep.equal([
      "https://secretmanager.googleapis.com/v1/projects/1234/secrets/moodle-secret-c0ffee00",
      "https://sqladmin.googleapis.com/v1/projects/example-project/instances/moodle-database-0badcafe",
    ]);
  });

  it("is not made up where Google does not answer", async () => {
    let said = "";
    await holdings(scope, () => Promise.reject(new Error("403 Forbidden"))).catch((error: Error) => (said = error.message));
    expect(said).to.equal(
      "Google Cloud did not say what it holds in example-project: 403 Forbidden\n" +
        "Give the guard the credentials the stack is deployed with; they need cloudasset.assets.searchAllResources.",
    );
  });

  it("is asked by a library that is no part of a program that builds", () => {
    const repository = path.join(__dirname, "../../..");
    const script = 'require("./providers/gcp"); console.log(Object.keys(require.cache).filter((file) => /google-auth-library|gaxios/.test(file)).length)';
    const loaded = execFileSync(process.execPath, ["-r", "./toolchain/loader.cjs", "-e", script], { cwd: repository, encoding: "utf8" });
    expect(loaded.trim(), "files of it that the adapter loads").to.equal("0");
  });
});
