import { left, type WalkValues } from "../values";

/** What the walk says in AWS's words. */
export const awsValues: WalkValues = {
  "aws:region": ["eu-west-1"],
  "moodle:files.restoreFrom": ["moodle-objects-before", "snap-0123456789abcdef0"],
  "moodle:database.restoreFrom": ["a-snapshot"],
  "moodle:ingress.dnsZone": ["Z9876543210EXAMPLE00", left],
  "moodle:cluster.deployers": [
    ["arn:aws:iam::123456789012:role/moodle-deployer", "arn:aws:iam::123456789012:role/another"],
    ["arn:aws:iam::123456789012:role/another"],
  ],
  "moodle:aws.permissionsBoundary": ["arn:aws:iam::123456789012:policy/boundary"],
  // Of the lists of machines a smaller, a larger and another kind: all of them are one text in the same places.
  "moodle:aws.databaseInstanceClass": ["db.t4g.large", "db.m8g.xlarge", "db.m8g.2xlarge"],
  "moodle:aws.cacheNodeType": ["cache.t4g.medium", "cache.m7g.xlarge", "cache.r7g.2xlarge"],
  "moodle:aws.dataKey": ["arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"],
};
