import { describeLife } from "../rehearsal/support/life";

describeLife("existing", ["objectfs", "shared", "block"]);
