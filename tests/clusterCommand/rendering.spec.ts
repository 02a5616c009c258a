import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import type { ControlGroups } from "../../cluster/node/cgroups";
import { filesOf } from "../../cluster/node/parts";
import { outsideScript } from "../../cluster/node/scripts";
import { coreDns, etcd, kind, kubernetes, metricsServer, own, type Programs } from "../../cluster/programs";

const groups: ControlGroups = { version: 1, hierarchies: [{ mount: "/sys/fs/cgroup/cpu,cpuacct", options: "cpu,cpuacct", parent: "/sys/fs/cgroup/cpu,cpuacct" }] };
const files = filesOf({ name: "site", port: 16443, groups });
const all = Object.values(files).join("\n");

const namesIn = (pattern: RegExp, text = all): string[] => [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ""))].sort();

describe("what a node is started with", () => {
  it("issues every certificate that one of its programs reads", () => {
    const issued = namesIn(/-(?:out|keyout) \/node\/certificates\/(\S+)/g, files["certificates.sh"]);
    const read = namesIn(/\/node\/certificates\/([\w.]+)/g, all.replace(files["certificates.sh"] ?? "", ""));

    expect(read).to.have.length.above(20);
    expect(issued).to.include.members(read);
  });

  it("has every file that one of its programs reads", () => {
    const made = ["certificates", "services", "network", "door.sock"];
    const read = namesIn(/\/node\/([\w./-]+)/g).filter((name) => !made.includes(name.split("/")[0] ?? ""));

    expect(read).to.have.length.above(8);
    expect(Object.keys(files)).to.include.members(read);
  });

  it("starts programs that are built, and no others", () => {
    const built = [kubernetes, etcd, coreDns, metricsServer, own].flatMap((programs) =>
      programs.module.packages.map((name) => `${path.basename(programs.module.folder)}/${nameOf(name)}`),
    );

    expect(built).to.include.members(namesIn(/\/opt\/([\w/-]+)/g));
  });

  it("joins its groups before it does anything else, so that whoever comes later finds it", () => {
    const script = outsideScript({ name: "site", folder: "/cache/a folder", tree: "/tree", programs: { own: "/own" }, groups: ["/sys/fs/cgroup/cpu/x", "/sys/fs/cgroup/memory/x"] });

    expect(script.split("\n").slice(0, 4)).to.deep.equal([
      "set -eu",
      "echo 0 > /sys/fs/cgroup/cpu/x/cgroup.procs",
      "echo 0 > /sys/fs/cgroup/memory/x/cgroup.procs",
      "mount -t tmpfs -o mode=755 node '/cache/a folder/scratch'",
    ]);
  });

  it("sees controllers that are mounted together by each one's name", () => {
    expect(files["inside.sh"]).to.include("mount -t cgroup -o cpu,cpuacct cgroup /sys/fs/cgroup/cpu,cpuacct\nln -s cpu,cpuacct /sys/fs/cgroup/cpu\nln -s cpu,cpuacct /sys/fs/cgroup/cpuacct\n");
  });

  it("shares the controllers of version 2 out only when no process is left beside its groups", () => {
    const script = filesOf({ name: "site", port: 16443, groups: { version: 2, hierarchies: [] } })["inside.sh"] ?? "";

    const moved = script.indexOf("/sys/fs/cgroup/node/cgroup.procs");
    expect(moved).to.be.above(script.indexOf("mount -t cgroup2"));
    expect(script.indexOf("cgroup.subtree_control")).to.be.above(moved);
  });
});

/** What Go calls the program of a package: its last part, unless that is a version. */
function nameOf(name: string): string {
  const parts = name.split("/");
  return (/^v\d+$/.test(parts.at(-1) ?? "") ? parts.at(-2) : parts.at(-1)) ?? "";
}

describe("the Go modules of a cluster's programs", () => {
  const modules: readonly [Programs, string][] = [
    [kubernetes, "k8s.io/kubernetes"],
    [etcd, "go.etcd.io/etcd/server/v3"],
    [coreDns, "github.com/coredns/coredns"],
    [metricsServer, "sigs.k8s.io/metrics-server"],
    [kind, "sigs.k8s.io/kind"],
  ];
  const moduleFile = ({ module }: Programs): string => fs.readFileSync(path.join(module.folder, "go.mod"), "utf8");

  for (const [programs, module] of modules) {
    it(`name ${programs.title} at the version that a person is told`, () => {
      const text = moduleFile(programs);

      expect(text).to.match(new RegExp(`^\\s*(require )?${module.replaceAll(".", "\\.")} v${programs.version.replaceAll(".", "\\.")}( // indirect)?$`, "m"));
      for (const name of programs.module.packages) expect(text).to.match(new RegExp(`^(tool )?\\s*${name}$`, "m"));
    });
  }

  it("take every module of Kubernetes' own repository at the version that belongs to it", () => {
    const [, minor, patch] = kubernetes.version.split(".");
    const replaced = moduleFile(kubernetes).match(/^\s*k8s\.io\/\S+ => k8s\.io\/\S+ \S+$/gm) ?? [];

    expect(replaced).to.have.length.above(25);
    for (const line of replaced) expect(line.trim()).to.match(new RegExp(`^(k8s\\.io/\\S+) => \\1 v0\\.${minor}\\.${patch}$`));
  });
});
