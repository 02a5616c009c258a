import * as fs from "node:fs";
import * as path from "node:path";
import type { Program } from "../../../images/onThisMachine/program";
import { start } from "../../../images/onThisMachine/sandbox";
import { idsOf } from "../../../images/onThisMachine/users";
import type { Tree } from "../../../toolchain/debian";

/** Programs of the Debian that brings the servers. Each sees one folder of this machine, at its own place. */
export class Services {
  private readonly programs = new Set<Program>();

  constructor(private readonly tree: Tree) {}

  /** Starts a program as one of that Debian's users; `folder` then belongs to that user. */
  async start(user: string, folder: string, command: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Program> {
    const owner = idsOf(this.tree, user);
    own(folder, owner);
    const program = await start(command, {
      layers: [this.tree.folder],
      readOnly: false,
      user: owner.join(":"),
      environment: { LC_ALL: "C.UTF-8", ...environment },
      mounts: { [folder]: { from: folder, writable: true } },
    });
    this.programs.add(program);
    return program;
  }

  /** @returns what it printed. @throws with that, where it failed */
  async run(user: string, folder: string, command: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<string> {
    const { code, stdout, stderr } = await (await this.start(user, folder, command, environment)).ended;
    if (code !== 0) throw new Error(`${command[0]} failed with ${code}: ${stdout}${stderr}`);
    return stdout.trim();
  }

  async end(): Promise<void> {
    await Promise.all([...this.programs].map((program) => program.kill()));
  }
}

function own(folder: string, [uid, gid]: readonly [number, number]): void {
  if (fs.statSync(folder).uid === uid) return;
  fs.chownSync(folder, uid, gid);
  for (const name of fs.readdirSync(folder)) fs.chownSync(path.join(folder, name), uid, gid);
}
