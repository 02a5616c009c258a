import { gcpValues } from "../walk/clouds/gcp";
import { describeWalk } from "../walk/promises";

describeWalk("gcp", ["gcp-objectfs", "gcp-shared", "gcp-block"], gcpValues);
