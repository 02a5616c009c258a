import * as path from "node:path";
import { runCommand } from "../../../toolchain/command";
import { obtainKubeScore } from "../../../toolchain/kubeScore";
import { silent } from "../../../toolchain/setup/progress.cjs";
import { type Scan, type Scanned, withFiles, withoutHash } from "./findings";

/** Grade of a check that is content; less is a finding. */
const content = 10;

/** kube-score's word, with its optional checks. */
export function kubeScored(scanned: readonly Scanned[]): Promise<Scan> {
  return withFiles(scanned, async (folder) => {
    const scored = await Promise.all(scanned.map(async ({ name }) => ({ of: name, objects: await score(path.join(folder, `${name}.yaml`)) })));
    const results = scored.flatMap(({ of, objects }) => objects.flatMap((object) => object.checks.filter(({ skipped }) => !skipped).map((check) => ({ of, object, check }))));
    const findings = results
      .filter(({ check }) => check.grade < content)
      .flatMap(({ of, object, check }) => {
        const places = (check.comments ?? []).map((comment) => comment.path);
        return (places.length === 0 ? [""] : places).map((place) => ({
          scanner: "kube-score" as const,
          check: check.check.id,
          of,
          where: `${object.type_meta.kind} ${withoutHash(object.object_meta.name)}${place === "" ? "" : `/${place}`}`,
        }));
      });
    return { checks: results.length, findings };
  });
}

async function score(file: string): Promise<Scored[]> {
  const { binary } = await obtainKubeScore(silent);
  const { stdout, stderr } = await runCommand(binary, ["score", "--kubernetes-version", "v1.31", "--all-default-optional", "--output-format", "json", file]);
  try {
    return JSON.parse(stdout) as Scored[];
  } catch {
    throw new Error(`kube-score said nothing of ${file}: ${stderr}`);
  }
}

interface Scored {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string };
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly path: string }[] | null;
  }[];
}
