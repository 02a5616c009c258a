import { reasonsOf } from "../engine/reasons";
import { pendingFrom, stateFrom } from "../engine/state";
import { inventory } from "../provider/inventory";
import { locksIn } from "../recovery";
import { leftovers } from "../report/leftovers";
import type { Stage } from "../stage";
import { parallel, type Scene } from "./base";
import { filesWith, generatedPasswords } from "./leaks";

/**
 * What must hold after a recovery, whatever went wrong before it.
 *
 * @param passwords those generated before, to be searched for beside those of now
 * @param thorough whether to ask the engine as well if anything is left to do
 * @returns a line for each promise that does not hold
 */
export async function brokenPromises(stage: Stage, scene: Scene, passwords: readonly string[], thorough: boolean): Promise<readonly string[]> {
  const { runner, scratch } = stage;
  const exported = (await runner.run(["stack", "export"])).text;
  const state = stateFrom(exported);
  const { orphans } = leftovers(scratch.cloud, state);
  const secrets = scene === "delete" ? passwords : [...passwords, ...(await generatedPasswords(runner))];
  return [
    ...pendingFrom(exported).map(({ type, resource }) => `the engine still believes to be ${type} ${resource.urn}`),
    ...orphans.map(({ knownTo, type, name, id }) => `only the ${knownTo} knows ${type} ${name} (${id})`),
    ...twice(scratch.cloud),
    ...locksIn(scratch.folder).map((lock) => `the stack is still locked: ${lock}`),
    ...state.filter((resource) => resource.delete === true).map(({ urn }) => `what was replaced is still to be deleted: ${urn}`),
    ...(scene === "delete" ? state.filter(({ type }) => type !== "pulumi:pulumi:Stack").map(({ urn }) => `the state still holds ${urn}`) : []),
    ...filesWith(secrets, scratch.folder).map((file) => `a generated password is in clear in ${file}`),
    ...(thorough && scene !== "delete" ? await changesLeft(stage) : []),
  ];
}

// A resource has one object at any time when nothing is going on.
function twice(cloudFolder: string): readonly string[] {
  const live = inventory(cloudFolder).filter(({ urn, retained }) => urn !== "" && retained === undefined);
  const idsOf = (wanted: string): readonly string[] => live.flatMap(({ urn, id }) => (urn === wanted ? [id] : []));
  return [...new Set(live.map(({ urn }) => urn))]
    .filter((urn) => idsOf(urn).length > 1)
    .map((urn) => `${urn} exists ${idsOf(urn).length} times: ${idsOf(urn).join(", ")}`);
}

async function changesLeft({ runner }: Stage): Promise<readonly string[]> {
  const command = ["preview", "--expect-no-changes", "--json", ...parallel];
  const end = await runner.run(command, { environment: { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" } });
  return end.code === 0 ? [] : [`another update would not leave everything as it is: ${reasonsOf(end).join("; ")}`];
}
