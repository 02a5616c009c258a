import { expect } from "chai";
import { ESLint, type Linter } from "eslint";
import * as path from "node:path";
import tseslint from "typescript-eslint";

const repository = path.resolve(__dirname, "..");

// Rules that need types can't run on files that exist in this test only; the import rules need none.
const eslint = new ESLint({
  cwd: repository,
  overrideConfig: [{ languageOptions: { parserOptions: { projectService: false } } }, tseslint.configs.disableTypeChecked] as Linter.Config[],
});

async function findings(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: path.join(repository, file) });
  return (result?.messages ?? []).map(({ ruleId }) => ruleId ?? "syntax");
}

const imports = (what: string) => `import { x } from "${what}";\nexport const y = x;\n`;
const types = (what: string) => `import type { X } from "${what}";\nexport type Y = X;\n`;

const paths = "import-x/no-restricted-paths";
const restricted = "no-restricted-imports";
const syntax = "no-restricted-syntax";

const refused: [file: string, code: string, rule: string][] = [
  ["components/plan/new.ts", imports("@pulumi/aws/rds"), paths],
  ["components/plan/new.ts", imports("@pulumi/kubernetes/core/v1"), paths],
  ["components/moodle/new.ts", imports("@pulumi/random/randomPassword"), paths],
  ["components/config/new.ts", imports("../../providers/contract"), paths],
  ["components/config/groups/new.ts", imports("../../plan/platformPlan"), paths],
  ["components/plan/new.ts", types("../../providers/contract"), paths],
  ["components/plan/new.ts", imports("../moodle/chartValues"), paths],
  ["components/plan/new.ts", imports("../moodlePlatform"), paths],
  ["components/moodle/chartValues.ts", imports("../../providers/registry"), paths],
  ["components/plan/new.ts", imports("@pulumi/pulumi"), syntax],
  ["components/new.ts", imports("@pulumi/aws/rds"), paths],
  ["components/new.ts", imports("../providers/aws"), paths],
  ["components/new.ts", imports("../index"), paths],
  ["components/new.ts", imports("../rehearsal/rehearse"), paths],
  ["components/new.ts", imports("../tests/support/monitor/value"), paths],
  ["providers/new.ts", imports("@pulumi/aws/rds"), paths],
  ["providers/aws/new.ts", imports("@pulumi/gcp/storage"), paths],
  ["providers/aws/new.ts", imports("../../components/moodlePlatform"), paths],
  ["providers/gcp/new.ts", imports("../aws/network"), paths],
  ["providers/contract.ts", imports("@pulumi/pulumi"), syntax],
  ["providers/aws/new.ts", imports("@pulumi/aws"), restricted],
  ["providers/aws/new.ts", types("@pulumi/aws"), restricted],
  ["components/new.ts", imports("@pulumi/kubernetes"), restricted],
  ["providers/aws/new.ts", imports("@pulumi/eks"), restricted],
  ["components/new.ts", "export const a = output.apply((value) => new Bucket(value));\n", syntax],
  ["components/new.ts", "export const a = output.apply((value) => { return new s3.Bucket(value); });\n", syntax],
  ["components/new.ts", "export enum Size { small }\n", syntax],
  ["components/new.ts", "export const a: any = 1;\n", "@typescript-eslint/no-explicit-any"],
];

const allowed: [file: string, code: string][] = [
  ["components/plan/new.ts", types("@pulumi/pulumi")],
  ["components/plan/new.ts", types("../config/key")],
  ["components/moodle/chartValues.ts", types("../../providers/contract")],
  ["components/config/new.ts", imports("@pulumi/pulumi")],
  ["components/new.ts", imports("@pulumi/kubernetes/core/v1")],
  ["components/new.ts", types("../providers/contract")],
  ["providers/aws/new.ts", imports("@pulumi/aws/rds")],
  ["providers/aws/new.ts", imports("@pulumi/random/randomPassword")],
  ["providers/aws/new.ts", types("../../components/plan/platformPlan")],
  ["providers/new.ts", 'export const load = () => import("./aws");\n'],
  ["components/new.ts", "export const a = output.apply((value) => new URL(value).host);\n"],
  ["components/new.ts", "export const a = output.apply((value) => { throw new ConfigError(value); });\n"],
];

describe("the linter", () => {
  for (const [file, code, rule] of refused) {
    it(`refuses in ${file}: ${code.split("\n")[0]}`, async () => {
      expect(await findings(file, code)).to.include(rule);
    });
  }

  for (const [file, code] of allowed) {
    it(`accepts in ${file}: ${code.split("\n")[0]}`, async () => {
      expect(await findings(file, code)).to.deep.equal([]);
    });
  }

  it("has no way round it in the files themselves", async () => {
    const code = "// eslint-disable-next-line @typescript-eslint/no-explicit-any\nexport const a: any = 1;\n";

    expect(await findings("components/new.ts", code)).to.include("@typescript-eslint/no-explicit-any");
  });
});
