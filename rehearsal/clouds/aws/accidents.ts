import type { Casualties } from "../../casualties";
import * as tokens from "./tokens";

/** What accidents happen to on AWS. */
export const casualties: Casualties = {
  provider: "AWS",
  made: { what: "the database", type: tokens.DB_INSTANCE, nameEnds: "-database", notReady: "timeout while waiting for state to become 'available'" },
  replaced: {
    what: "a parameter group of the database",
    type: tokens.DB_PARAMETER_GROUP,
    nameEnds: "-database",
    notDeleted: "InvalidDBParameterGroupState: the parameter group is still in use",
  },
};
