import { azureValues } from "../walk/clouds/azure";
import { describeWalk } from "../walk/promises";

describeWalk("azure", ["azure-objectfs", "azure-shared", "azure-block"], azureValues);
