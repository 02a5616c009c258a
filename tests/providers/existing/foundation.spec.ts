import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { CloudPlan } from "../../../components/plan/cloudPlan";
import { broughtIn } from "../../../providers/existing/brought";
import { authorityOf } from "../../../providers/existing/certificates";
import { resolved } from "../../support/recording";
import { aCloudPlan, aSmallCloudPlan } from "../../support/plans";
import { built } from "./built";
import { allBrought, withEverythingBrought, withEverythingInside } from "./places";

const given = (settings: object): CloudPlan => ({ ...withEverythingBrought(aCloudPlan()), settings: { ...allBrought, ...settings } });

describe("what is brought along to an existing cluster", () => {
  it("is answered as it was given", async () => {
    const authority = `${authorityOf("one")}${authorityOf("another")}`;
    const { foundation } = await built(
      given({ database: { host: "192.0.2.10", port: 5433, name: "site", user: "site_owner", authority, verify: "ca", ranges: ["192.0.2.10/32"] } }),
    );
    const { database, sessionCache, objectStore, requiredEgress } = foundation;
    expect(await resolved(database.host)).to.equal("192.0.2.10");
    expect(database).to.include({ port: 5433, name: "site", user: "site_owner" });
    expect(database.tls.verify).to.equal("ca");
    expect(database.tls.ca).to.deep.equal([authorityOf("one").trim(), authorityOf("another").trim()]);
    expect(await resolved(database.password)).to.equal("the databasePassword that was brought");
    expect(sessionCache.tls).to.deep.equal({ ca: "public", verify: "full" });
    expect(objectStore).to.deep.include({ endpoint: "https://objects.example.edu:9000", aclHeader: "none" });
    expect(requiredEgress).to.deep.equal([
      { reason: "Database", cidr: "192.0.2.10/32", port: 5433, protocol: "TCP" },
      { reason: "Session cache", cidr: "0.0.0.0/0", port: 6380, protocol: "TCP" },
      { reason: "Application cache", cidr: "0.0.0.0/0", port: 6379, protocol: "TCP" },
      { reason: "Object store", cidr: "0.0.0.0/0", port: 9000, protocol: "TCP" },
    ]);
  });

  it("may be the cluster's kubeconfig, which is a secret, or a context of the machine's", async () => {
    const withKubeconfig = await built(given({ context: "admin", cluster: "datacentre" }));
    expect(withKubeconfig.the("kubernetes").inputs).to.include({ context: "admin", clusterIdentifier: "datacentre", kubeconfig: "the kubeconfig that was brought" });
    expect(withKubeconfig.the("kubernetes").secretInputs).to.include("kubeconfig");
    const withContext = await built({ ...given({ context: "admin" }), broughtSecrets: ["databasePassword"] });
    expect(withContext.the("kubernetes").inputs).to.include({ context: "admin" }).and.not.have.property("kubeconfig");
  });

  it("is no data of the platform's: nobody has to consent to leave it", () => {
    expect(broughtIn(withEverythingBrought(aCloudPlan()))).to.deep.equal(["database", "sessionCache", "applicationCache", "objectStore"]);
    expect(broughtIn(given({ database: { host: "192.0.2.10" }, sessionCache: {}, applicationCache: {}, objectStore: {} }))).to.deep.equal(["database"]);
    expect(broughtIn(withEverythingInside(aSmallCloudPlan()))).to.deep.equal([]);
  });

  it("leaves the copies of secrets where they are when a password changes: they are protected, and could not be made anew", async () => {
    const { the } = await built(given({}));
    expect(the("Secret", "-secrets").inputs).not.to.have.property("immutable");
    expect(the("kubernetes").inputs).to.include({ enableSecretMutable: "true" });
  });

  it("outlives the platform: nothing counts on the cluster's going", async () => {
    const { foundation, resources } = await built(given({}));
    expect(foundation.kubernetes.cluster).to.equal(undefined);
    expect(resources.filter(({ deletedWith }) => deletedWith !== "").map(({ urn }) => urn)).to.deep.equal([]);
  });
});

describe("the files of an existing cluster", () => {
  const volume = async (files: object) => (await built(given({ files }))).foundation.sharedFiles;

  it("are on what the operator names", async () => {
    expect(await volume({ storageClass: "shared" })).to.deep.include({ claimed: { storageClass: "shared" }, writableBy: "fsGroup", size: "100 GiB" });
    expect(await volume({ persistentVolume: "files", writableBy: "volume" })).to.deep.include({ claimed: { persistentVolume: "files" }, writableBy: "volume" });
    expect(await volume({ nfs: { server: "nfs.example.edu", path: "/files" }, writableBy: "job" })).to.deep.include({
      nfs: { server: "nfs.example.edu", path: "/files" },
      mountOptions: ["nfsvers=4.1", "hard", "noatime"],
      writableBy: "job",
    });
    expect(await volume({ local: { path: "/srv", node: "one" } })).to.deep.include({ local: { path: "/srv" }, zone: { label: "kubernetes.io/hostname", value: "one" } });
  });
});

describe("the way into an existing cluster", () => {
  it("is a load balancer of the cluster's, in its own words", async () => {
    const ingress = { loadBalancerClass: "metallb.io/metallb", annotations: { "metallb.io/address-pool": "public" } };
    expect((await built(given({ ingress }))).foundation.ingress).to.deep.equal({ ...ingress, clientAddress: "packet", trustedRanges: [] });
  });

  it("is the cluster's own where the operator says so", async () => {
    expect((await built(given({ ingress: { class: "none", namespace: "traefik" } }))).foundation.ingress).to.deep.equal({ namespace: "traefik" });
  });

  it("is found by a record that the operator makes", async () => {
    const { dns } = (await built(given({}))).foundation;
    expect(await resolved(dns.publish("moodle.example.edu", pulumi.output({ ip: "192.0.2.1" }), {}))).to.deep.equal({ name: "moodle.example.edu", type: "A", value: "192.0.2.1" });
  });
});

describe("what an existing cluster cannot do", () => {
  it("is said in place of an alarm", async () => {
    const alarms = async (plan: CloudPlan) => resolved((await built(plan)).foundation.observability.alarms);
    const many = await alarms(given({}));
    expect(many.databaseStorage).to.match(/^none: /);
    expect(many.certificateExpiry).to.match(/^none: /);
    expect(many.cronAge).to.contain("MoodleCronStopped");
    const blockDisk = { size: "10 GiB", iops: 3000, throughput: 125, zone: 1, owner: { user: 33, group: 33 } } as const;
    const one = await alarms(withEverythingInside(aSmallCloudPlan({ blockDisk, sharedFiles: undefined })));
    expect(one.cronAge, "one pod has no runner apart that could stop").to.contain("MoodleUnavailable");
  });
});
