import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { runCommand } from "../toolchain/command";
import type { Progress } from "../toolchain/setup/progress.cjs";

const commands = ["buildah", "podman", "docker"] as const;

/** A program on this machine that builds images and pushes them. */
export class Builder {
  private constructor(private readonly command: (typeof commands)[number]) {}

  /** The first one that is on the PATH and works. @throws when there is none */
  static async find(): Promise<Builder> {
    for (const command of commands) {
      const answers = await runCommand(command, [command === "docker" ? "info" : "version"]).then(({ code }) => code === 0, () => false);
      if (answers) return new Builder(command);
    }
    throw new Error(`Nothing on the PATH builds images: one of ${commands.join(", ")} is needed, and docker only counts where its server runs.`);
  }

  /** Builds a context. @returns the image's id */
  async build(context: string, base: string, tag: string, progress: Progress): Promise<string> {
    return this.withFile(async (file) => {
      // A base made on this machine is in no registry.
      const pull = base.startsWith("localhost/") ? [] : ["--pull"];
      // Others keep layers without being told.
      const layers = this.command === "buildah" ? ["--layers"] : [];
      const args = ["build", ...layers, ...pull, "--build-arg", `BASE=${base}`, "--tag", tag, "--iidfile", file, context];
      await progress.during(`Building ${tag} with ${this.command}`, () => this.succeed(args));
      return fs.readFileSync(file, "utf8").trim();
    });
  }

  /**
   * Pushes an image.
   *
   * @param place a repository with a tag, or a folder as `oci:FOLDER`.
   * @returns the digest under which it can be pulled
   */
  async push(image: string, place: string, progress: Progress): Promise<string> {
    if (this.command === "docker") return this.pushWithDocker(image, place, progress);
    const target = place.startsWith("oci:") ? place : `docker://${place}`;
    return this.withFile(async (file) => {
      await progress.during(`Pushing ${place} with ${this.command}`, () => this.succeed(["push", "--digestfile", file, image, target]));
      return fs.readFileSync(file, "utf8").trim();
    });
  }

  private async pushWithDocker(image: string, place: string, progress: Progress): Promise<string> {
    if (place.startsWith("oci:")) throw new Error(`docker does not write ${place}: buildah and podman do`);
    await this.succeed(["tag", image, place]);
    const printed = await progress.during(`Pushing ${place} with docker`, () => this.succeed(["push", place]));
    const [digest] = /sha256:[0-9a-f]{64}/.exec(printed.slice(printed.lastIndexOf("digest:"))) ?? [];
    if (digest === undefined) throw new Error(`docker pushed ${place} and named no digest: ${printed}`);
    return digest;
  }

  private async withFile(work: (file: string) => Promise<string>): Promise<string> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "image-"));
    try {
      return await work(path.join(folder, "answer"));
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }

  private async succeed(args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await runCommand(this.command, args);
    if (code !== 0) throw new Error(`${this.command} ${args[0]} failed:\n${`${stdout}${stderr}`.trim().split("\n").slice(-20).join("\n")}`);
    return stdout;
  }
}
