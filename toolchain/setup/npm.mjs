import path from "node:path";
import { succeed } from "./command.mjs";

/** Runs npm: the one that started us if there is one, else the one on the PATH. Returns its standard output. */
export function npm(args, options) {
  const started = process.env.npm_execpath ?? "";
  // Other package managers set the same variable to themselves.
  const ours = path.basename(started) === "npm-cli.js";
  return ours ? succeed(process.execPath, [started, ...args], options) : succeed("npm", args, options);
}
