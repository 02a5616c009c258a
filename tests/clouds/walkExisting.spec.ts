import * as path from "node:path";
import { existingTogether, existingValues } from "../walk/clouds/existing";
import { describeWalk } from "../walk/promises";

const inside = { name: "existing-inside", file: path.join(__dirname, "../walk/clouds/existingInside.yaml"), cloud: "existing" };

describeWalk("existing", ["existing-objectfs", "existing-shared", "existing-block"], existingValues, { stacks: [inside], together: existingTogether });
