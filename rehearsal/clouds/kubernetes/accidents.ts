import type { Casualties } from "../../casualties";
import { RELEASE } from "./release";

/** What accidents happen to where there is nothing but a cluster. */
export const casualties: Casualties = {
  provider: "Kubernetes",
  made: { what: "Moodle's release", type: RELEASE, nameEnds: "-application-release" },
  replaced: {
    what: "the Secret of Moodle's passwords",
    type: "kubernetes:core/v1:Secret",
    nameEnds: "-application-secrets",
    notDeleted: 'secrets is forbidden: the user cannot delete resource "secrets" in the namespace "moodle"',
  },
};
