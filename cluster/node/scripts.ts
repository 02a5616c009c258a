import { shellWord } from "../../toolchain/shellWords";
import { addresses, nodeFolder } from "./addresses";
import type { ControlGroups } from "./cgroups";
import { fileOf } from "./service";
import { machineNetwork } from "./services/door";

/** What a node is made of on this machine. */
export interface Ground {
  readonly name: string;
  /** A folder of its own, with `node`, `lib` and `log` in it. */
  readonly folder: string;
  /** The Debian that it runs on, never written to. */
  readonly tree: string;
  /** Folders of programs by the names that they have below `/opt`. */
  readonly programs: Readonly<Record<string, string>>;
  /** Its groups of processes. */
  readonly groups: readonly string[];
}

/**
 * What the first process does in mount and process namespaces of its own, still in this machine's network: it joins the node's
 * groups, so that whoever comes later finds it, and makes a root file system of the node's own. What the machine mounts is then
 * out of sight, and what the node mounts goes with it.
 */
export function outsideScript({ name, folder, tree, programs, groups }: Ground): string {
  const bind = (from: string, to: string, ...options: string[]): string[] => [
    `mkdir -p ${shellWord(`.${to}`)}`,
    `mount --bind ${shellWord(from)} ${shellWord(`.${to}`)}`,
    ...options.map((option) => `mount -o remount,bind,${option} ${shellWord(`.${to}`)}`),
  ];
  const scratch = shellWord(`${folder}/scratch`);
  return script([
    ...groups.map((group) => `echo 0 > ${shellWord(`${group}/cgroup.procs`)}`),
    `mount -t tmpfs -o mode=755 node ${scratch}`,
    `cd ${scratch}`,
    "mkdir upper work root",
    `mount -t overlay -o lowerdir=${shellWord(tree)},upperdir=${scratch}/upper,workdir=${scratch}/work node root`,
    "cd root",
    "mount -t proc proc proc",
    "mount --rbind /dev dev",
    "mount -t tmpfs -o mode=755 node run",
    ...bind(`${folder}/node`, nodeFolder),
    ...bind(`${folder}/lib`, "/var/lib"),
    ...bind(`${folder}/log`, "/var/log"),
    ...Object.entries(programs).flatMap(([title, from]) => bind(from, `/opt/${title}`, "ro")),
    `: > .${machineNetwork}`,
    `mount --bind /proc/self/ns/net .${machineNetwork}`,
    `hostname ${shellWord(name)}`,
    "mkdir before",
    "pivot_root . before",
    `exec unshare --net --cgroup /bin/sh ${fileOf("inside.sh")}`,
  ]);
}

/** What the first process does then, in its own network: all that a node's programs expect to find; it ends as the init that runs them. */
export function insideScript(groups: ControlGroups): string {
  return script([
    "export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "cd /",
    "umount -l /before",
    "mount -t sysfs sysfs /sys",
    ...mountedGroups(groups),
    "ip link set lo up",
    "ip link add node0 type veth peer name node1",
    `ip address add ${addresses.node}/${addresses.nodePrefix} dev node0`,
    "ip link set node0 up",
    "ip link set node1 up",
    // Without a way to them a program of the node would be refused before the rules for services are asked.
    `ip route add ${addresses.services} dev node0`,
    "echo 1 > /proc/sys/net/ipv4/ip_forward",
    "echo 1 > /proc/sys/net/bridge/bridge-nf-call-iptables",
    ...Object.entries(tunables).flatMap(([name, value]) => [
      `mkdir -p ${pathOf(name)}`,
      `echo ${value} > ${pathOf(name)}/value`,
      `mount --bind ${pathOf(name)}/value /proc/sys/${name}`,
    ]),
    `. ${fileOf("certificates.sh")}`,
    "mount --make-rshared /",
    `exec tini -- runsvdir -P ${fileOf("services")}`,
  ]);
}

// What the kubelet sets for all of a machine. It sees its own values and this machine keeps the others.
const tunables: Readonly<Record<string, number>> = {
  "vm/overcommit_memory": 1,
  "vm/panic_on_oom": 0,
  "kernel/panic": 10,
  "kernel/panic_on_oops": 1,
  "kernel/keys/root_maxkeys": 1000000,
  "kernel/keys/root_maxbytes": 25000000,
};

const pathOf = (name: string): string => `/run/tunables/${name}`;

// As seen from the node its own groups are all there is.
function mountedGroups({ version, hierarchies }: ControlGroups): string[] {
  if (version === 2) {
    return [
      "mount -t cgroup2 cgroup /sys/fs/cgroup",
      // A group with processes in it can't share controllers out.
      "mkdir /sys/fs/cgroup/node",
      "for process in $(cat /sys/fs/cgroup/cgroup.procs); do echo $process > /sys/fs/cgroup/node/cgroup.procs; done",
      "for controller in $(cat /sys/fs/cgroup/cgroup.controllers); do echo +$controller > /sys/fs/cgroup/cgroup.subtree_control; done",
    ];
  }
  return [
    "mount -t tmpfs -o mode=755 cgroup /sys/fs/cgroup",
    ...hierarchies.flatMap(({ options }) => {
      const named = options.startsWith("name=");
      const place = named ? options.slice("name=".length) : options;
      const aliases = place.split(",").filter((one) => one !== place);
      return [
        `mkdir /sys/fs/cgroup/${place}`,
        `mount -t cgroup -o ${named ? `none,${options}` : options} cgroup /sys/fs/cgroup/${place}`,
        ...aliases.map((alias) => `ln -s ${place} /sys/fs/cgroup/${alias}`),
      ];
    }),
  ];
}

const script = (lines: readonly string[]): string => ["set -eu", ...lines, ""].join("\n");
