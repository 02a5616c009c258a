import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Program } from "./program";

/** A folder of this machine that programs in a sandbox see at another place. */
export interface Mount {
  readonly from: string;
  readonly writable?: boolean;
}

/** What a program finds around itself. */
export interface Surroundings {
  /** Folders that lie on top of each other as the root file system, the uppermost first; none is ever written to. */
  readonly layers: readonly string[];
  readonly readOnly: boolean;
  /** User and group, as `10033:10033`; all but root have no privileges and can't gain any. */
  readonly user: string;
  readonly environment: Readonly<Record<string, string>>;
  /** By the place where they are seen. */
  readonly mounts: Readonly<Record<string, Mount>>;
}

// Words before the second `--` are mounts, three each; those behind it the command. What a name resolves to is the machine's affair,
// as it is the node's in a cluster. The process says its number among this machine's before it becomes the program, and asks to die
// with its parent when it has its user: the change would undo what unshare asked for.
const script = `set -e
scratch=$1 layers=$2 access=$3 user=$4; shift 5
mount -t tmpfs -o mode=755 sandbox "$scratch"
mkdir "$scratch/upper" "$scratch/work" "$scratch/root"
mount -t overlay -o "lowerdir=$layers,upperdir=$scratch/upper,workdir=$scratch/work" sandbox "$scratch/root"
read -r self _ < /proc/self/stat
cd "$scratch/root"
mount -t proc proc proc
mount --rbind /dev dev
mount --rbind /sys sys
while [ "$1" != -- ]; do
  if [ -d "$1" ]; then mkdir -p ".$2"; else mkdir -p ".\${2%/*}"; [ -e ".$2" ] || : > ".$2"; fi
  mount --rbind "$1" ".$2"
  [ "$3" = rw ] || mount -o remount,bind,ro ".$2"
  shift 3
done
shift
[ "$access" = rw ] || mount -o remount,ro "$scratch/root"
echo "$self" >&3
exec 3>&-
case $user in 0:*) privileges= ;; *) privileges="--no-new-privs --inh-caps=-all --bounding-set=-all" ;; esac
exec chroot . setpriv --reuid="\${user%:*}" --regid="\${user#*:}" --clear-groups $privileges --pdeathsig=KILL "$@"
`;

export const searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

const ofTheMachine = ["/etc/hosts", "/etc/resolv.conf"];

/**
 * Starts a program on a root file system of its own, as process 1 of its own process namespace, as in a container. It ends with
 * this process, however that ends.
 */
export async function start(command: readonly string[], around: Surroundings, stdin = ""): Promise<Program> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "sandbox-"));
  const child = spawn("unshare", unshareArguments(command, around, scratch), {
    env: { PATH: searchPath, ...around.environment },
    stdio: ["pipe", "pipe", "pipe", "pipe"],
  });
  child.stdin?.on("error", () => undefined).end(stdin);
  const program = new Program(command.join(" "), child, numberOf(child));
  void program.ended.finally(() => fs.rmSync(scratch, { recursive: true, force: true })).catch(() => undefined);
  await program.ready;
  return program;
}

/** The arguments of the command `unshare` that make it a sandbox and start a program in it; `scratch` is an empty folder to work in. */
export function unshareArguments(command: readonly string[], { layers, readOnly, user, mounts }: Surroundings, scratch: string): string[] {
  const all: Record<string, Mount> = { ...Object.fromEntries(ofTheMachine.map((file) => [file, { from: file }])), ...mounts };
  const words = Object.entries(all).flatMap(([place, { from, writable }]) => [from, place, writable === true ? "rw" : "ro"]);
  return [
    ...["--mount", "--pid", "--fork", "--kill-child=SIGKILL", "--propagation", "private", "/bin/sh", "-c", script, "sandbox"],
    ...[scratch, layers.join(":"), readOnly ? "ro" : "rw", user, "--", ...words, "--", ...command],
  ];
}

// The sandbox's first process keeps the channel open until the end, so it is the line that counts.
function numberOf(child: ChildProcess): Promise<number | undefined> {
  let text = "";
  return new Promise((resolve) => {
    child.stdio[3]?.on("data", (data: Buffer) => {
      text += data.toString("utf8");
      if (text.endsWith("\n")) resolve(Number(text));
    });
    child.stdio[3]?.on("close", () => resolve(undefined));
    child.on("error", () => resolve(undefined));
  });
}
