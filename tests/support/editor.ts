import * as fs from "node:fs";
import * as path from "node:path";
import Ajv, { type ErrorObject } from "ajv";
import { parse } from "yaml";

const repository = path.resolve(__dirname, "../..");
const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false, validateFormats: false }).compile(
  JSON.parse(fs.readFileSync(path.join(repository, "config.schema.json"), "utf8")) as object,
);

/** @returns what an editor would mark in a stack file by `config.schema.json`. */
export function marksOfEditor(file: string): readonly ErrorObject[] {
  validate(parse(fs.readFileSync(path.resolve(repository, file), "utf8")));
  return validate.errors ?? [];
}
