import { describeLife } from "./life";

describeLife("gcp", ["objectfs", "shared", "block"]);
