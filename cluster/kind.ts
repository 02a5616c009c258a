import * as fs from "node:fs";
import * as path from "node:path";
import { runCommand } from "../toolchain/command";
import { silent, type Progress } from "../toolchain/setup/progress.cjs";
import { kubeconfigFile } from "./kubeconfigFile";
import type { Facts, Maker } from "./maker";
import { fed } from "./node/fed";
import { clusterFolder } from "./node/run";
import { kind as kindPrograms, obtainPrograms } from "./programs";

/**
 * Makes clusters of containers with kind, which brings Kubernetes 1.35 as an image of its own. Unproven: it was written by kind's
 * documentation, on machines without Docker.
 */
export const kind = {
  async up(name, progress) {
    if (!(await dockerAnswers())) throw new Error("kind needs Docker, and `docker info` fails here: start Docker, or use `--with packages` on Debian as root");
    const program = await programOf(progress);
    if (!(await clustersOf(program)).includes(name)) {
      fs.mkdirSync(clusterFolder(name), { recursive: true });
      fs.writeFileSync(markOf(name), "");
      const create = ["create", "cluster", "--name", name, "--kubeconfig", kubeconfigFile(name), "--wait", "180s"];
      await progress.during(`Starting the cluster ${name} with kind`, () => succeed(program, create));
    }
    return factsOf(name);
  },

  async down(name) {
    // Without the mark there is none that `up` made, and Docker is not asked for one of somebody else.
    if (!madeHere(name)) return false;
    await succeed(await programOf(silent), ["delete", "cluster", "--name", name, "--kubeconfig", kubeconfigFile(name)]);
    fs.rmSync(clusterFolder(name), { recursive: true, force: true });
    return true;
  },

  async status(name, progress) {
    if (!madeHere(name) || !(await dockerAnswers())) return undefined;
    return (await clustersOf(await programOf(progress))).includes(name) ? factsOf(name) : undefined;
  },

  inside: (name) => (command, stdinFile = "/dev/null") => fed(stdinFile, ["docker", "exec", "--interactive", nodeOf(name), ...command]),
} satisfies Maker;

/** Whether a Docker server answers. */
export async function dockerAnswers(): Promise<boolean> {
  return runCommand("docker", ["info"]).then(({ code }) => code === 0, () => false);
}

const factsOf = (name: string): Facts => ({ cluster: name, "made with": "kind", kubeconfig: kubeconfigFile(name) });

/** How kind calls the only node of a cluster, and the container that it is. */
export const nodeOf = (name: string): string => `${name}-control-plane`;

const markOf = (name: string): string => path.join(clusterFolder(name), "kind");

const madeHere = (name: string): boolean => fs.existsSync(markOf(name));

async function programOf(progress: Progress): Promise<string> {
  return path.join(await obtainPrograms(kindPrograms, progress), "kind");
}

async function clustersOf(program: string): Promise<string[]> {
  return (await succeed(program, ["get", "clusters", "--quiet"])).trim().split("\n");
}

async function succeed(program: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(program, args);
  if (code !== 0) throw new Error(`kind ${args.slice(0, 2).join(" ")} failed: ${`${stdout}${stderr}`.trim().split("\n").slice(-20).join("\n")}`);
  return stdout;
}
