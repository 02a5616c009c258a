import { environmentVariables, publicCertificates, secretFiles } from "../../components/moodle/environment";
import { allowedValues, type Value } from "../../components/moodle/environmentValue";
import { logEvents } from "../../components/moodle/logEvents";
import { moodleLines } from "../../components/moodle/releases";

/** What the image's PHP programs read of `components/moodle/`: the variables, secret files, log events and Moodle lines, as a PHP array. */
export function imageContract(): string {
  const contract = {
    variables: Object.fromEntries(environmentVariables.map(({ name, value, readBy, required }) => [name, { value: declared(value), readBy, required }])),
    secrets: Object.fromEntries(secretFiles.map(({ path, readBy, required }) => [path, { readBy, required }])),
    logEvents,
    moodleLines: Object.fromEntries(moodleLines.map(({ line, leastPoint }) => [line, { leastPoint }])),
    publicCertificates,
  };
  return `<?php\n\n// Written by "npm run docs" from components/moodle/.\n\ndeclare(strict_types=1);\n\nreturn ${php(contract, "")};\n`;
}

function declared(value: Value) {
  return { ...value, allowed: allowedValues(value) };
}

function php(value: unknown, indent: string): string {
  if (typeof value === "string") return `'${value.replace(/[\\']/g, "\\$&")}'`;
  if (typeof value === "number") return String(value);
  if (typeof value !== "object" || value === null) throw new Error(`${typeof value} has no place in the contract`);
  const inner = `${indent}    `;
  const items = Array.isArray(value)
    ? value.map((item: unknown) => php(item, inner))
    : Object.entries(value).map(([key, item]) => `${php(key, "")} => ${php(item, inner)}`);
  return items.length === 0 ? "[]" : `[\n${items.map((item) => `${inner}${item},\n`).join("")}${indent}]`;
}
