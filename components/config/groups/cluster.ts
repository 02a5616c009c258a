import { z } from "zod";
import { held, inPlace, key, none, usersNotice } from "../key";
import { addressRange } from "../text";
import { versionAmong } from "../version";

/** The managed Kubernetes cluster. */
export function clusterGroup() {
  return z.strictObject({
    version: key(
      versionAmong(["1.34", "1.35", "1.36"]).default("1.35"),
      "Minor version of Kubernetes.",
      held(usersNotice("nodes are replaced; pods move once"), "minor version"),
    ),
    endpointRanges: key(
      z.array(addressRange).default([]),
      "Who may reach the cluster's API from outside its network. Empty: nobody, only from inside.",
      inPlace,
    ),
    deployers: key(
      z.array(z.string().min(1)).min(1),
      "Who administers the cluster: principals by the cloud's own identifiers, such as the ARN of a role. " +
        "Must include the one that runs pulumi.",
      inPlace,
    ),
    credentials: key(
      z.enum(["cli", "environment"]).default("cli"),
      "How tools get a token for the cluster: by the cloud's command line (people), or from the environment without " +
        "it (pipelines).",
      none,
    ),
  });
}
