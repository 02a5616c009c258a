import { describeBadDays } from "./badDays";

describeBadDays("gcp", {
  // Nobody could use its name for a week.
  step: /^pulumi import: gcp:sql\/databaseInstance:DatabaseInstance moodle-database /m,
  halfReplaced: "moodle-secret-databasePassword",
  restored: {
    "gcp-objectfs": "gcp:secretmanager/secret:Secret",
    "gcp-shared": "gcp:backupdisasterrecovery/backup:Backup",
  },
});
