import type { CloudProvider } from "../contract";
import { checkPlan } from "./check";
import { awsKeys } from "./config";
import { estimate } from "./estimate";
import { Foundation } from "./foundation";
import { passesOnAws } from "./transient";

/** Amazon Web Services: EKS Auto Mode, RDS, ElastiCache, S3, EFS and EBS. */
export const awsProvider = {
  name: "aws",
  regionKey: "aws:region",
  tagsKey: "aws:defaultTags",
  configKeys: awsKeys,
  check: checkPlan,
  estimate,
  passes: passesOnAws,
  provision: (name, plan, secrets, opts) => new Foundation(name, { plan, secrets }, opts).answers,
  // Loaded when asked: a program that builds has no use for the libraries it needs.
  holdings: (scope) => (require("./holdings") as typeof import("./holdings")).holdings(scope),
} as const satisfies CloudProvider;
