import type { Casualties } from "../../casualties";
import * as tokens from "./tokens";

/** What accidents happen to on Google Cloud. */
export const casualties: Casualties = {
  provider: "Google Cloud",
  made: { what: "the database", type: tokens.SQL_INSTANCE, nameEnds: "-database", notReady: "Error waiting for Create Instance: timeout while waiting for state to become 'DONE'" },
  replaced: {
    what: "the version of a secret's copy",
    type: tokens.SECRET_VERSION,
    nameEnds: "-secret-databasePassword",
    notDeleted: "googleapi: Error 403: Permission 'secretmanager.versions.destroy' denied, forbidden",
  },
};
