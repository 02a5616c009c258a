import { expect } from "chai";
import { z } from "zod";
import { platformConfig } from "../../components/config/schema";
import { onlyInOne, withLists } from "../support/graph/comparison";
import { expectKept } from "../support/graph/promise";
import type { ProgramGraph } from "../support/monitor/graph";
import { committedStacks, graphOf, type Stack } from "./stackProgram";

const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

/** Every list the config can hold, with three entries. */
const lists: Record<string, Record<string, unknown[]> | unknown[]> = {
  cluster: {
    endpointRanges: ["203.0.113.0/24", "198.51.100.0/24", "192.0.2.0/24"],
    deployers: ["one", "two", "three"].map((name) => `arn:aws:iam::123456789012:role/${name}`),
  },
  ingress: { allowedRanges: ["203.0.113.0/24", "198.51.100.0/24", "192.0.2.0/24"] },
  observability: { alarmEmails: ["a@example.edu", "b@example.edu", "c@example.edu"] },
  allowDataLoss: ["database", "sharedFiles", "keys"].map((resource) => ({ resource, until: tomorrow, reason: "a test of the order" })),
};

function withAllLists(stack: Stack, change: (list: unknown[]) => unknown[]): Promise<ProgramGraph> {
  return graphOf(stack, "preview", ({ config, secretConfig }) => {
    const changed = { ...config };
    for (const [key, value] of Object.entries(lists)) {
      const kept = Array.isArray(value) ? value : { ...(config[`moodle:${key}`] as object | undefined), ...value };
      changed[`moodle:${key}`] = withLists(kept, change);
    }
    return { config: changed, secretConfig };
  });
}

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
}

function listPaths(schema: Schema, path: string[] = []): string[] {
  if (schema.type === "array") return [path.join(".")];
  const inner = Object.entries(schema.properties ?? {}).flatMap(([key, child]) => listPaths(child, [...path, key]));
  return [...inner, ...(schema.anyOf ?? []).flatMap((child) => listPaths(child, path))];
}

describe("lists of the config", () => {
  it("are all tried here", () => {
    const schema = z.toJSONSchema(platformConfig("production", ["one"]), { io: "input", unrepresentable: "any" }) as Schema;
    const tried = Object.entries(lists).flatMap(([key, value]) => (Array.isArray(value) ? [key] : Object.keys(value).map((inner) => `${key}.${inner}`)));

    expect(listPaths(schema).sort()).to.deep.equal(tried.sort());
  });

  const [stack] = committedStacks("aws");
  if (stack === undefined) return;

  it("give resources names that do not depend on the order", async () => {
    const [inOrder, reversed] = await Promise.all([withAllLists(stack, (list) => list), withAllLists(stack, (list) => [...list].reverse())]);

    expectKept("Reordering a list replaces nothing.", onlyInOne({ name: "in order", graph: inOrder }, { name: "reversed", graph: reversed }));
  });

  it("give resources names that do not depend on the entries before", async () => {
    const [all, rest] = await Promise.all([withAllLists(stack, (list) => list), withAllLists(stack, (list) => list.slice(1))]);

    expectKept(
      "Removing the first entry of a list replaces nothing that belongs to the others.",
      onlyInOne({ name: "with all", graph: all }, { name: "without the first", graph: rest }).filter((line) => line.startsWith("only without")),
    );
  });
});
