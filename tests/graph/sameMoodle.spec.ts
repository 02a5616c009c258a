import { expect } from "chai";
import { expectKept } from "../support/graph/promise";
import { revealed, type PropertyMap } from "../support/monitor/value";
import { committedStacks, graphOf } from "./stackProgram";

/** What of the chart's values may differ from cloud to cloud, and why. */
const explained: readonly (readonly [path: RegExp, why: string])[] = [
  [/^(database|sessionCache|applicationCache)\.host$/, "each cloud names its servers"],
  [/^(sessionCache|applicationCache)\.port$/, "Azure Managed Redis and Memorystore with TLS have ports of their own"],
  [/^(database|sessionCache|applicationCache)\.tls\.(ca(\.\d+)?|verify)$/, "authorities of the cloud, of the instance or everybody's; Google's certificates name no host"],
  [/^files\.volume\.(csi|nodeAffinity|mountOptions)\./, "each cloud has a driver, and zones by a label of it"],
  [/^files\.volume\.prepare$/, "an access point, a driver or a Job hands the volume over"],
  [/^files\.objectStore\.(protocol|endpoint|region|account|bucket)$/, "each cloud has an object store, at an address of its own"],
  [/^files\.objectStore\.(checksums|presignedDownloads)$/, "a store that only resembles S3 does not know all of it"],
  [/^files\.objectStore\.credentials\./, "by the pod's identity, a key, or a token that is minted beside the pod"],
  [/^secrets\.objectStore\w+\./, "where there is a key to the object store"],
  [/^serviceAccount\.annotations\./, "who the pods are in the cloud"],
  [/^podLabels\./, "Azure gives a pod no identity without a label"],
  [/^web\.trustedProxies\.\d+$/, "where pods' addresses come from"],
  [/^network\.requiredEgress\.\d+\./, "name servers, identity and data services have addresses of their own"],
];

const modes = ["objectfs", "shared", "block"];
const reference = "aws";
const others = ["azure", "gcp"];

// Of the same stack file with another cloud in it. A cluster of the operator's own has what the operator brings, so it is not among them.
describe("the same stack on another cloud", () => {
  for (const mode of modes) {
    for (const cloud of others) {
      it(`gives the same Moodle: ${mode} on ${cloud}`, async () => {
        const [ours, theirs] = await Promise.all([leavesOf(`${reference}-${mode}`), leavesOf(`${cloud}-${mode}`)]);
        const paths = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
        const different = [...paths].filter((path) => ours[path] !== theirs[path]);

        expectKept(
          "What differs in the chart's values from cloud to cloud has a reason.",
          different.filter((path) => !explained.some(([pattern]) => pattern.test(path))).map((path) => `${path}: ${ours[path]} on ${reference}, ${theirs[path]} on ${cloud}`),
        );
      });
    }
  }

  it("has no reason that nothing needs", async () => {
    const all = await Promise.all(modes.flatMap((mode) => [reference, ...others].map((cloud) => leavesOf(`${cloud}-${mode}`))));
    const paths = all.flatMap((leaves) => Object.keys(leaves));

    expect(explained.filter(([pattern]) => !paths.some((path) => pattern.test(path))).map(([pattern]) => String(pattern))).to.deep.equal([]);
  });
});

/** The values of Moodle's release as lines: `database.port` is "5432". */
async function leavesOf(name: string): Promise<Readonly<Record<string, string>>> {
  const stack = committedStacks().find((each) => each.name === name);
  if (stack === undefined) throw new Error(`there is no stack ${name}`);
  const { resources } = await graphOf(stack, "update");
  const release = resources.find(({ type, name: logical }) => type === "kubernetes:helm.sh/v3:Release" && logical.endsWith("-application-release"));
  return Object.fromEntries(leaves(revealed((release?.inputs["values"] ?? {}) as PropertyMap), ""));
}

function leaves(value: unknown, path: string): [string, string][] {
  if (typeof value !== "object" || value === null) return [[path, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([key, item]) => leaves(item, path === "" ? key : `${path}.${key}`));
}
