import { describeLife } from "../rehearsal/support/life";

describeLife("gcp", ["objectfs", "shared", "block"]);
