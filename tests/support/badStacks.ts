import * as fs from "node:fs";
import * as path from "node:path";

const repository = path.resolve(__dirname, "../..");

/** A stack file with mistakes, and what a person is told about them. */
export interface BadStack {
  /** From the repository's folder. */
  readonly file: string;
  /** Whether the editor's schema sees a mistake as well: one that a file shows by its structure. */
  readonly editor: "refuses" | "accepts";
  /** The whole message. */
  readonly message: string;
}

const folder = "tests/bad-stacks";
const editorMark = "# The editor ";
const messageMark = "# The message:";

/** @returns every bad stack file. @throws where there is none, or one does not say what is expected of it. */
export function badStacks(): BadStack[] {
  const files = fs.readdirSync(path.join(repository, folder)).filter((name) => name.endsWith(".yaml"));
  if (files.length === 0) throw new Error(`${folder} holds no stack file`);
  return files.sort().map((name) => read(`${folder}/${name}`));
}

function read(file: string): BadStack {
  const comment = commentOf(file);
  const editor = comment.find((line) => line.startsWith(editorMark))?.slice(editorMark.length, -1);
  const start = comment.indexOf(messageMark);
  if (!process.env.UPDATE_GOLDEN && ((editor !== "refuses" && editor !== "accepts") || start < 0)) {
    throw new Error(`${file} must begin with a comment that has the lines "${editorMark}refuses." or "accepts." and "${messageMark}"`);
  }
  const message = comment.slice(start + 1).map((line) => line.replace(/^# ?/, ""));
  return { file, editor: editor === "refuses" ? "refuses" : "accepts", message: message.join("\n") };
}

/** Writes what is expected of a stack file into its comment, below the sentence that says what is wrong with it. */
export function writeExpected({ file, editor, message }: BadStack): void {
  const [why = "#"] = commentOf(file);
  const lines = message.split("\n").map((line) => `# ${line}`.trimEnd());
  const rest = fs.readFileSync(path.join(repository, file), "utf8").split("\n").slice(commentOf(file).length);
  const header = [why, `${editorMark}${editor}.`, messageMark, ...lines];
  fs.writeFileSync(path.join(repository, file), [...header, ...rest].join("\n"));
}

function commentOf(file: string): string[] {
  const lines = fs.readFileSync(path.join(repository, file), "utf8").split("\n");
  return lines.slice(0, lines.findIndex((line) => !line.startsWith("#")));
}
