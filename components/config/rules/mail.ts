import { setCommand } from "../problem";
import { rule } from "./rule";

export const mailRules = [
  rule(["mail", "secrets"], ({ mail, secrets }) => {
    const password = secrets.includes("mailPassword");
    if (mail?.user && !password) {
      return [
        {
          key: "moodle:mailPassword",
          message: "is missing; mail.user is set, and a user needs a password",
          remedy: "pulumi config set --secret moodle:mailPassword",
        },
      ];
    }
    if (password && !mail?.user) {
      return [
        { key: "moodle:mail.user", message: "is missing, but moodle:mailPassword is set", remedy: setCommand("moodle:mail.user", "<user>") },
      ];
    }
    return [];
  }),
];
