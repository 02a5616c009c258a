import { awsValues } from "../walk/clouds/aws";
import { describeWalk } from "../walk/promises";

describeWalk("aws", ["aws-objectfs", "aws-shared", "aws-block"], awsValues);
