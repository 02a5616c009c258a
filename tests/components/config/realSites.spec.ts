import { itHolds, type Pair } from "./rulePairs";

const real = { hostname: "moodle.campus.internal", name: "Campus", adminEmail: "moodle@campus.internal" };
const image = { image: `registry.campus.internal/moodle@sha256:${"a".repeat(64)}` };
const mail = { host: "smtp.campus.internal", from: "moodle@campus.internal" };
const asReal = { "moodle:rehearsal": false, "moodle:site": real, "moodle:application": image };

const pairs: readonly Pair[] = [
  {
    rule: "a real site has a name and an address of its own",
    kept: asReal,
    violated: { ...asReal, "moodle:site": { ...real, hostname: "lms.example.org", adminEmail: "moodle@lms.test" } },
    problems: [
      {
        key: "moodle:site.hostname",
        message: '"lms.example.org" is an example; a real site needs a name of yours',
        remedy: "pulumi config set --path 'moodle:site.hostname' '<hostname>' (npm run rehearse accepts the example)",
      },
      {
        key: "moodle:site.adminEmail",
        message: '"moodle@lms.test" is an example; mail to it reaches nobody',
        remedy: "pulumi config set --path 'moodle:site.adminEmail' '<adminEmail>'",
      },
    ],
  },
  {
    rule: "a real site's mail and alarms go to addresses that exist",
    kept: { ...asReal, "moodle:mail": mail, "moodle:observability": { alarmEmails: ["duty@campus.internal"] } },
    violated: {
      ...asReal,
      "moodle:mail": { host: "smtp.example.edu", from: "moodle@example.edu" },
      "moodle:observability": { alarmEmails: ["duty@campus.internal", "duty@example.edu"] },
    },
    problems: [
      {
        key: "moodle:mail.host",
        message: '"smtp.example.edu" is an example; mail to it reaches nobody',
        remedy: "pulumi config set --path 'moodle:mail.host' '<host>'",
      },
      {
        key: "moodle:mail.from",
        message: '"moodle@example.edu" is an example; mail to it reaches nobody',
        remedy: "pulumi config set --path 'moodle:mail.from' '<from>'",
      },
      {
        key: "moodle:observability.alarmEmails[1]",
        message: '"duty@example.edu" is an example; mail to it reaches nobody',
        remedy: "pulumi config set --path 'moodle:observability.alarmEmails[1]' '<alarmEmails>'",
      },
    ],
  },
  {
    rule: "a real site runs an image that exists",
    kept: asReal,
    violated: { ...asReal, "moodle:application": { image: `registry.example.edu:5000/moodle@sha256:${"0".repeat(64)}` } },
    problems: [
      {
        key: "moodle:application.image",
        message: `"registry.example.edu:5000/moodle@sha256:${"0".repeat(64)}" is an example; no such registry exists`,
        remedy: "pulumi config set --path 'moodle:application.image' '<registry>/<name>@sha256:<digest>'",
      },
    ],
  },
];

describe("a rule for sites that are no rehearsal", () => itHolds(pairs));
