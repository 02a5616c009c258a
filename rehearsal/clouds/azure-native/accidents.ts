import type { Casualties } from "../../casualties";
import * as tokens from "./tokens";

/** What accidents happen to on Azure. */
export const casualties: Casualties = {
  provider: "Azure",
  made: { what: "the database", type: tokens.SERVER, nameEnds: "-database", notReady: "polling after CreateOrUpdate: context deadline exceeded" },
  replaced: {
    what: "the address that pods go out by",
    type: tokens.PUBLIC_ADDRESS,
    nameEnds: "-nat",
    notDeleted: "PublicIPAddressCannotBeDeleted: the public IP address can not be deleted since it is still allocated",
  },
};
