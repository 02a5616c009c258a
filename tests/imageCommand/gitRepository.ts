import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

export interface GitRepository {
  readonly folder: string;
  /** Commits files and moves the branch there. @returns the commit */
  commit(files: Readonly<Record<string, string>>): string;
  tag(name: string, how?: "annotated"): void;
}

/** A git repository with one commit on one branch, in an empty folder. */
export function gitRepository(folder: string, { branch, files, tag }: { branch: string; files: Readonly<Record<string, string>>; tag?: string }): GitRepository {
  const settings = ["user.name=a test", "user.email=test@example.edu", "commit.gpgsign=false", "tag.gpgsign=false", "core.hooksPath=/dev/null"].flatMap((one) => ["-c", one]);
  const git = (...args: string[]): string => execFileSync("git", [...settings, ...args], { cwd: folder, encoding: "utf8" }).trim();
  const repository: GitRepository = {
    folder,
    commit(more) {
      for (const [name, text] of Object.entries(more)) {
        fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        fs.writeFileSync(path.join(folder, name), text);
      }
      git("add", "--all");
      git("commit", "--quiet", "--message", "a change");
      return git("rev-parse", "HEAD");
    },
    tag: (name, how) => void git("tag", ...(how === "annotated" ? ["--annotate", "--message", name] : []), name),
  };
  git("init", "--quiet", "--initial-branch", branch);
  repository.commit(files);
  if (tag !== undefined) repository.tag(tag);
  return repository;
}
