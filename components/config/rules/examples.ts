import { setCommand, type Problem } from "../problem";
import { rule } from "./rule";

/** Domains that nobody can own (RFC 2606, RFC 6761, and `example.edu` by EDUCAUSE). */
const exampleDomain = /(^|[.@])(example\.(com|net|org|edu)|[a-z0-9-]+\.(example|test|invalid|localhost))$/;

export const examples = [
  rule(["rehearsal", "site"], ({ rehearsal, site }) => (rehearsal ? [] : [...exampleHostname(site.hostname), ...exampleText("site.adminEmail", site.adminEmail)])),
  rule(["rehearsal", "mail"], ({ rehearsal, mail }) =>
    rehearsal || !mail ? [] : [...exampleText("mail.host", mail.host), ...exampleText("mail.from", mail.from)],
  ),
  rule(["rehearsal", "observability"], ({ rehearsal, observability }) =>
    rehearsal ? [] : observability.alarmEmails.flatMap((address, index) => exampleText(`observability.alarmEmails[${index}]`, address)),
  ),
  rule(["rehearsal", "application"], ({ rehearsal, application }) => (rehearsal ? [] : exampleImage(application.image))),
];

function exampleHostname(hostname: string): Problem[] {
  if (!exampleDomain.test(hostname)) return [];
  return [
    {
      key: "moodle:site.hostname",
      message: `"${hostname}" is an example; a real site needs a name of yours`,
      remedy: `${setCommand("moodle:site.hostname", "<hostname>")} (npm run rehearse accepts the example)`,
    },
  ];
}

function exampleText(name: string, text: string): Problem[] {
  if (!exampleDomain.test(text)) return [];
  const key = `moodle:${name}`;
  const last = name.replace(/^.*\.|\[\d+\]$/g, "");
  return [{ key, message: `"${text}" is an example; mail to it reaches nobody`, remedy: setCommand(key, `<${last}>`) }];
}

/** Rehearsals mark their image by a registry that cannot exist. */
function exampleImage(image: string): Problem[] {
  if (!exampleDomain.test(image.replace(/[:/].*$/, ""))) return [];
  return [
    {
      key: "moodle:application.image",
      message: `"${image}" is an example; no such registry exists`,
      remedy: setCommand("moodle:application.image", "<registry>/<name>@sha256:<digest>"),
    },
  ];
}
