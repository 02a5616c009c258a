import { describeLife } from "./support/life";

describeLife("existing", ["objectfs", "shared", "block"]);
