import { expect } from "chai";
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { obtainHelm } from "../../toolchain/helm";
import { silent } from "../../toolchain/setup/progress.cjs";
import { differences } from "../charts/differences";
import { merged, renderValues, type Values } from "../charts/rendering";
import { committedStacks, graphOf, type Stack } from "./stackProgram";

const folder = path.join(__dirname, "byHand");

// Both renderings are Helm's. What the simulated cloud alone can say (names of servers, of a bucket, a disk and a Secret, its
// authorities) is taken from the file on both sides.
describe("the same values by hand and through MoodlePlatform", () => {
  before(async function () {
    this.timeout(600_000);
    await obtainHelm(silent);
  });

  const written = fs.readdirSync(folder);
  for (const stack of committedStacks().filter(({ name }) => written.includes(`${name}.yaml`))) {
    it(`give the same objects: ${stack.name}`, async () => {
      const byHand = parse(fs.readFileSync(path.join(folder, `${stack.name}.yaml`), "utf8")) as ByHand;
      const [ours, theirs] = [await renderValues(merged(await computed(stack), factsOf(byHand))), await renderValues(byHand)];

      expect(ours.succeeded, ours.text).to.equal(true);
      expect(theirs.succeeded, theirs.text).to.equal(true);
      expect(differences(theirs.text, ours.text).changes).to.deep.equal({});
    });
  }
});

/** The values of the release of Moodle, without the digest that only makes a template's change a difference. */
async function computed(stack: Stack): Promise<Values> {
  const { resources } = await graphOf(stack, "update");
  const release = resources.find(({ type, name }) => type === "kubernetes:helm.sh/v3:Release" && name.endsWith("application-release"));
  if (release === undefined) throw new Error(`stack ${stack.name} has no release of Moodle`);
  const { chartDigest: _ours, ...values } = JSON.parse(JSON.stringify(release.inputs["values"])) as Values;
  return values;
}

function factsOf({ database, sessionCache, applicationCache, files, secrets }: ByHand): Values {
  return {
    database: { host: database.host, tls: { ca: database.tls.ca } },
    sessionCache: { host: sessionCache.host },
    applicationCache: { host: applicationCache.host },
    files: {
      volume: { csi: { volumeHandle: files.volume.csi.volumeHandle } },
      ...(files.objectStore && { objectStore: { bucket: files.objectStore.bucket } }),
    },
    secrets: Object.fromEntries(Object.entries(secrets).map(([key, { name }]) => [key, { name }])),
  };
}

interface ByHand extends Values {
  readonly database: { readonly host: string; readonly tls: { readonly ca: readonly string[] } };
  readonly sessionCache: { readonly host: string };
  readonly applicationCache: { readonly host: string };
  readonly files: { readonly volume: { readonly csi: { readonly volumeHandle: string } }; readonly objectStore?: { readonly bucket: string } };
  readonly secrets: Readonly<Record<string, { readonly name: string }>>;
}
