import { expect } from "chai";
import { object, workload } from "./objects";
import { render, scenarios } from "./rendering";

describe("the volume", () => {
  for (const scenario of ["objectfs", "shared", "block", "everything"] as const) {
    it(`${scenario}: is static, stays when the release goes, and can be bound by its own claim only`, async () => {
      const objects = await render(scenario);
      const volume = object(objects, "PersistentVolume", "learn-moodle-files");
      const claim = object(objects, "PersistentVolumeClaim", "moodle-files");

      expect(volume.spec).to.include({ persistentVolumeReclaimPolicy: "Retain", storageClassName: "" });
      expect(volume.spec["claimRef"]).to.include({ namespace: "learn", name: "moodle-files" });
      expect(claim.spec).to.include({ volumeName: "learn-moodle-files", storageClassName: "" });
      expect(claim.spec["accessModes"]).to.deep.equal(volume.spec["accessModes"]);
    });
  }

  it("can grow: its claim, which could not, asks for no more then", async () => {
    const [before, after] = await Promise.all([20, 200].map((sizeGiB) => render("block", { files: { volume: { sizeGiB } } })));
    const of = (objects: Awaited<ReturnType<typeof render>> = []) => object(objects, "PersistentVolume", "learn-moodle-files").spec["capacity"];

    expect([of(before), of(after)]).to.deep.equal([{ storage: "20Gi" }, { storage: "200Gi" }]);
    expect(object(after ?? [], "PersistentVolumeClaim", "moodle-files")).to.deep.equal(object(before ?? [], "PersistentVolumeClaim", "moodle-files"));
  });

  it("is somebody else's where a claim is named: the chart makes none and uses that", async () => {
    const objects = await render("minimal");

    expect(objects.filter(({ kind }) => kind.startsWith("PersistentVolume"))).to.deep.equal([]);
    expect(workload(objects, "moodle-web").pod.volumes.find(({ name }) => name === "files")?.persistentVolumeClaim).to.deep.equal({
      claimName: "moodle-files",
    });
  });

  it("is described as the values say: driver, mount options, and the nodes that can reach it", async () => {
    const block = object(await render("block"), "PersistentVolume", "learn-moodle-files").spec;
    const shared = object(await render("shared"), "PersistentVolume", "learn-moodle-files").spec;

    expect(block["csi"]).to.deep.equal({ driver: "disk.csi.example.edu", volumeHandle: "disk-1", fsType: "ext4" });
    expect(block["nodeAffinity"]).to.deep.equal({
      required: { nodeSelectorTerms: [{ matchExpressions: [{ key: "topology.kubernetes.io/zone", operator: "In", values: ["north-1a"] }] }] },
    });
    expect(shared["nfs"]).to.deep.equal({ server: "files.example.edu", path: "/moodle" });
    expect(shared["mountOptions"]).to.deep.equal(["nconnect=4"]);
    expect(shared).to.not.have.property("nodeAffinity");
  });

  it("is shared by pods in every mode but block", async () => {
    for (const scenario of ["objectfs", "shared"] as const) {
      expect(object(await render(scenario), "PersistentVolume", "learn-moodle-files").spec["accessModes"], scenario).to.deep.equal(["ReadWriteMany"]);
    }
  });

  it("is never written by nginx", async () => {
    for (const scenario of scenarios) {
      const nginx = workload(await render(scenario), "moodle-web").pod.containers.find(({ name }) => name === "nginx");
      const writable = nginx?.volumeMounts.filter(({ readOnly }) => readOnly !== true).map(({ mountPath }) => mountPath);

      expect(writable, scenario).to.deep.equal(["/tmp", "/run/moodle"]);
    }
  });
});
