import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { environmentVariables, type Requirement, secretFiles } from "../../components/moodle/environment";
import { allowedValues } from "../../components/moodle/environmentValue";
import { markdownTable, withMarkedBlock } from "./markedBlock";

/** `images/moodle/README.md` with its tables of variables and secret files as `components/moodle/environment.ts` says. */
export async function imageReadme(): Promise<string> {
  const page = await readFile(resolve(__dirname, "../../images/moodle/README.md"), "utf8");
  const variables = environmentVariables.map(({ name, value, meaning, readBy, required }) => [`\`${name}\``, meaning, allowedValues(value), readBy.join(", "), when(required)]);
  const files = secretFiles.map(({ path, meaning, readBy, required }) => [`\`${path}\``, meaning, readBy.join(", "), when(required)]);
  return withMarkedBlock(
    withMarkedBlock(page, "variables", markdownTable(["Variable", "Meaning", "Allowed", "Read by", "Present"], variables)),
    "secrets",
    markdownTable(["File", "Meaning", "Read by", "Present"], files),
  );
}

function when(required: Requirement): string {
  if (required === "always") return "always";
  return required === "never" ? "if given" : `if \`${required.variable}\` is ${required.is.map((value) => `\`${value}\``).join(" or ")}`;
}
