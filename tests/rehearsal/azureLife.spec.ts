import { describeLife } from "./support/life";

describeLife("azure", ["objectfs", "shared", "block"]);
