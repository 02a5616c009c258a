import { describeBadDays } from "./badDays";

describeBadDays("existing", {
  step: /^deleted by hand: kubernetes:helm\.sh\/v3:Release moodle-application-release /m,
  halfReplaced: "moodle-application-secrets",
  restored: {},
});
