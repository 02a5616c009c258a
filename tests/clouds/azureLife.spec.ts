import { describeLife } from "../rehearsal/support/life";

describeLife("azure", ["objectfs", "shared", "block"]);
