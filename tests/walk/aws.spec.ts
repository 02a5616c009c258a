import { awsValues } from "./clouds/aws";
import { describeWalk } from "./promises";

describeWalk("aws", ["production", "staging"], awsValues);
