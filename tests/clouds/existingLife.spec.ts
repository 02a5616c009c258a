import { describeLife } from "./life";

describeLife("existing", ["objectfs", "shared", "block"]);
