import { expect } from "chai";
import { controlGroups, groupsOf } from "../../cluster/node/cgroups";

const separate = ["cpu", "cpuset", "memory", "pids"].map((name) => `cgroup /sys/fs/cgroup/${name} cgroup rw,relatime,${name} 0 0`);
const named = "cgroup /sys/fs/cgroup/systemd cgroup rw,xattr,name=systemd 0 0";
const unified = "cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid 0 0";

describe("the control groups of a node", () => {
  it("lie below those of the process that starts it, in every hierarchy of version 1", () => {
    const mounts = [...separate, named, "cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0"].join("\n");
    const own = "9:name=systemd:/user.slice\n4:memory:/session:1\n3:cpuset:/\n2:pids:/\n1:cpu:/\n0::/";

    const groups = controlGroups(mounts, own);

    expect(groups.version).to.equal(1);
    expect(groupsOf(groups, "node")).to.deep.equal([
      "/sys/fs/cgroup/systemd/user.slice/node",
      "/sys/fs/cgroup/memory/session:1/node",
      "/sys/fs/cgroup/cpuset/node",
      "/sys/fs/cgroup/pids/node",
      "/sys/fs/cgroup/cpu/node",
    ]);
  });

  it("take controllers together that are mounted together", () => {
    const mounts = [...separate.slice(1), "cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,cpu,cpuacct 0 0"].join("\n");

    const { hierarchies } = controlGroups(mounts, "4:cpu,cpuacct:/\n3:cpuset:/\n2:pids:/\n1:memory:/");

    expect(hierarchies[0]).to.deep.equal({ mount: "/sys/fs/cgroup/cpu,cpuacct", options: "cpu,cpuacct", parent: "/sys/fs/cgroup/cpu,cpuacct" });
  });

  it("are one below the root in version 2", () => {
    const groups = controlGroups(unified, "0::/user.slice/session-1.scope", () => "cpuset cpu io memory pids\n");

    expect(groups.version).to.equal(2);
    expect(groupsOf(groups, "node")).to.deep.equal(["/sys/fs/cgroup/node"]);
  });

  it("are refused where the kernel can't limit what Kubernetes limits", () => {
    expect(() => controlGroups(separate.slice(0, 2).join("\n"), "2:cpu:/\n1:cpuset:/\n0::/")).to.throw("no control groups for memory, pids");
    expect(() => controlGroups(unified, "0::/", () => "cpu io\n")).to.throw("no control groups for cpuset, memory, pids");
  });
});
