import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { runCommand } from "../toolchain/command";
import { cacheFolder } from "../toolchain/setup/cache.cjs";
import type { WantedSource } from "./line";

/** Where one commit of a source is, and what it is called there. */
export interface Resolved {
  readonly commit: string;
  readonly version: string;
}

/** A source's repository, with what was fetched of it kept in the user's cache. */
export class Repository {
  private readonly kept: string;

  /** @param place its address, or a folder that mirrors it. */
  constructor(
    private readonly name: string,
    private readonly place: string,
  ) {
    this.kept = cacheFolder("sources", `${name}-${createHash("sha256").update(place).digest("hex").slice(0, 8)}.git`);
  }

  /** The commit that a branch, or the highest matching release, is at now. @throws when that can't be found out */
  async resolve({ ref }: WantedSource): Promise<Resolved> {
    const found = ref.endsWith("*") ? await this.highestTag(ref) : await this.branch(ref);
    await this.fetch(found.commit, found.ref);
    return { commit: found.commit, version: found.version ?? (await this.versionAt(found.commit)) };
  }

  /** Writes the files of a commit into a folder. @throws when the repository does not have it */
  async checkOut(commit: string, folder: string): Promise<void> {
    await this.fetch(commit, commit);
    fs.mkdirSync(folder, { recursive: true });
    const archive = path.join(folder, ".archive.tar");
    await this.git("archive", "--format=tar", `--output=${archive}`, commit);
    const { code, stderr } = await runCommand("tar", ["-xf", archive, "-C", folder]);
    fs.rmSync(archive);
    if (code !== 0) throw new Error(`tar: ${stderr.trim()}`);
  }

  private async highestTag(pattern: string): Promise<{ commit: string; ref: string; version: string }> {
    const start = pattern.slice(0, -1);
    const found = [...(await this.refs(`refs/tags/${pattern}`))].flatMap(([ref, commit]) => {
      const rest = ref.slice(`refs/tags/${start}`.length);
      return /^\d+$/.test(rest) ? [{ ref, commit, point: Number(rest), version: `${start}${rest}`.replace(/^v/, "") }] : [];
    });
    const [highest] = found.sort((one, other) => other.point - one.point);
    if (highest === undefined) throw new Error(`${this.place} has no release ${pattern}`);
    return highest;
  }

  private async branch(name: string): Promise<{ commit: string; ref: string; version?: string }> {
    const ref = `refs/heads/${name}`;
    const commit = (await this.refs(ref)).get(ref);
    if (commit === undefined) throw new Error(`${this.place} has no branch ${name}`);
    return { commit, ref };
  }

  // An annotated tag is an object of its own; the line with ^{} names the commit behind it, and comes after.
  private async refs(pattern: string): Promise<Map<string, string>> {
    const lines = (await this.git("ls-remote", this.place, pattern, `${pattern}^{}`)).split("\n").filter((line) => line !== "");
    return new Map(lines.map((line) => line.split("\t") as [string, string]).map(([commit, ref]) => [ref.replace("^{}", ""), commit]));
  }

  private async fetch(commit: string, ref: string): Promise<void> {
    if (!fs.existsSync(this.kept)) await this.git("init", "--quiet", "--bare", this.kept);
    const has = await this.git("cat-file", "-e", `${commit}^{commit}`).then(() => true, () => false);
    if (!has) await this.git("fetch", "--quiet", "--depth=1", "--no-tags", this.place, ref);
    await this.git("cat-file", "-e", `${commit}^{commit}`);
  }

  private async versionAt(commit: string): Promise<string> {
    const text = await this.git("show", `${commit}:version.php`);
    const [, release] = /\$plugin->release\s*=\s*['"]?([^'";]+?)['"]?\s*;/.exec(text) ?? [];
    const [, version] = /\$plugin->version\s*=\s*([\d.]+)/.exec(text) ?? [];
    const found = release ?? version;
    if (found === undefined) throw new Error(`version.php of ${this.name} at ${commit} names no version`);
    return found;
  }

  private async git(...args: string[]): Promise<string> {
    const inside = args[0] === "init" || args[0] === "ls-remote" ? [] : ["--git-dir", this.kept];
    // Files get the modes that the commit gives them, whatever this person's settings are, and nobody is asked for a password.
    const settings = ["-c", "tar.umask=0022", "-c", "core.autocrlf=false", "-c", "safe.directory=*"];
    const { code, stdout, stderr } = await runCommand("git", [...inside, ...settings, ...args], { env: { ...process.env, GIT_TERMINAL_PROMPT: "0" } });
    if (code !== 0) throw new Error(`git ${args[0]} ${this.place}: ${stderr.trim().split("\n").slice(-2).join(" ")}`);
    return stdout;
  }
}
