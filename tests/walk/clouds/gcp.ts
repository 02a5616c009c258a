import { left, type WalkValues } from "../values";

/** What the walk says in Google Cloud's words. */
export const gcpValues: WalkValues = {
  "gcp:region": ["europe-west1"],
  "gcp:project": ["another-project"],
  "moodle:files.restoreFrom": ["moodle-objects-before", "projects/example-university/locations/europe-west3/backups/before"],
  "moodle:database.restoreFrom": ["moodle-database-before/1790000000000"],
  "moodle:ingress.dnsZone": ["other-example-edu", left],
  "moodle:cluster.deployers": [
    ["serviceAccount:moodle-deployer@example-university.iam.gserviceaccount.com", "group:duty@example.edu"],
    ["group:duty@example.edu"],
  ],
  // Of the list of tiers a smaller, a larger and another kind: all of them are one text in the same place.
  "moodle:gcp.databaseTier": ["db-g1-small", "db-custom-4-16384", "db-custom-16-106496"],
};
