import type { ForceNew } from "../../provider/behaviour";
import type { Properties } from "../../provider/properties";
import { formOf } from "./arm";

export { assumed, fromRunLogs, minutes, momentary } from "../latencies";

/**
 * Where the provider knows from what replaces: the parts of an id, always; an input of the top level that the REST API's
 * specification marks as given at creation and not at updates (`x-ms-mutability`); and its own short list. Anything else is
 * updated in place, and it is for Azure to refuse that.
 */
const OWN_LIST = "pulumi-azure-native 1b7112a, provider/pkg/gen/replacement.go";
const ID_PARTS = "pulumi-azure-native 03707ff, provider/pkg/provider/diff.go";

/** A file of the folder `specification`. */
export interface Specification {
  readonly commit: string;
  readonly file: string;
}

interface Sometimes {
  readonly when: (olds: Properties, news: Properties) => readonly string[];
  readonly inWords: string;
}

/** What replaces a type by the parts of its id alone. */
export function replacedByName(type: string): ForceNew {
  return { paths: idParts(type), source: ID_PARTS };
}

/** What else replaces it by the provider's own list. */
export function replacedByList(type: string, paths: readonly string[], sometimes?: Sometimes): ForceNew {
  return { paths: [...new Set([...idParts(type), ...paths])], source: OWN_LIST, ...sometimes };
}

/** What else replaces it by the specification, as it was at a commit of azure-rest-api-specs. */
export function replacedBySpecification(type: string, { commit, file }: Specification, paths: readonly string[]): ForceNew {
  return { paths: [...idParts(type), ...paths], source: `azure-rest-api-specs ${commit}, specification/${file}` };
}

function idParts(type: string): readonly string[] {
  const { names, on } = formOf(type);
  const own = names.filter((name) => !name.startsWith("="));
  return on === undefined ? [...new Set(["resourceGroupName", ...own])] : [on, ...own];
}
