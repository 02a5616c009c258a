import { expect } from "chai";
import * as path from "node:path";
import { runCommand } from "../../../toolchain/command";
import { obtainKubeScore } from "../../../toolchain/kubeScore";
import { silent } from "../../../toolchain/setup/progress.cjs";
import { scenarios } from "../rendering";
import { type Finding, unaccepted, unneeded, withFiles, withoutHash } from "./findings";

/** Grade of a check that is content; less is a finding. */
const content = 10;

describe("kube-score, with its optional checks", () => {
  let findings: Finding[];
  let checks: number;
  before(async () => {
    const cards = await withFiles((folder) => Promise.all(scenarios.map(async (scenario) => ({ scenario, objects: await scored(path.join(folder, `${scenario}.yaml`)) }))));
    const results = cards.flatMap(({ scenario, objects }) => objects.flatMap((object) => object.checks.filter(({ skipped }) => !skipped).map((check) => ({ scenario, object, check }))));
    checks = results.length;
    findings = results
      .filter(({ check }) => check.grade < content)
      .flatMap(({ scenario, object, check }) => {
        const places = (check.comments ?? []).map(({ path }) => path);
        return (places.length === 0 ? [""] : places).map((place) => ({
          scanner: "kube-score" as const,
          check: check.check.id,
          scenario,
          where: `${object.type_meta.kind} ${withoutHash(object.object_meta.name)}${place === "" ? "" : `/${place}`}`,
        }));
      });
  });

  it("looks at every scenario", () => {
    expect(checks).to.be.greaterThan(500);
  });

  it("finds nothing that is not accepted by name and reason", () => {
    expect([...new Set(unaccepted(findings))]).to.deep.equal([]);
  });

  it("still finds what is accepted", () => {
    expect(unneeded("kube-score", findings)).to.deep.equal([]);
  });
});

async function scored(file: string): Promise<Scored[]> {
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
