import { nodeSoftware } from "../../../cluster/node/software";
import { announced } from "./announced";
import { obtainSoftware } from "./software";
import { obtainTools, type Problem, problemsOf } from "./tools";

/** Gets all that a Kubernetes and what is installed on it are made of. Built for the first time it takes a quarter of an hour. */
export async function obtainNode(): Promise<Problem[]> {
  return [...(await problemsOf({ "a Kubernetes from packages": nodeSoftware }, announced)), ...(await obtainTools()), ...(await obtainSoftware())];
}
