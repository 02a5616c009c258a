import { describeLife } from "./support/life";

describeLife("gcp", ["objectfs", "shared", "block"]);
