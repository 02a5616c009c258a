import { nodeSoftware } from "../../../cluster/node/software";
import { announced } from "./announced";
import { obtainSoftware } from "./software";
import { obtainTools } from "./tools";

/** Gets all that a Kubernetes and what is installed on it are made of. Built for the first time it takes a quarter of an hour. */
export async function obtainNode(): Promise<{ where: string; what: string }[]> {
  try {
    await nodeSoftware(announced);
  } catch (error) {
    return [{ where: "a Kubernetes from packages", what: error instanceof Error ? error.message : String(error) }];
  }
  return [...(await obtainTools()), ...(await obtainSoftware())];
}
