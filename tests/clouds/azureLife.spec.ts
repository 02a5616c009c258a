import { describeLife } from "./life";

describeLife("azure", ["objectfs", "shared", "block"]);
