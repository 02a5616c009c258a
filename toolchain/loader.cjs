// Lets Node `require` TypeScript without a build step: each file is transformed by esbuild once and kept, by the hash of
// its text, under node_modules/.cache. Types are not checked here; `npm test` does that.
"use strict";

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const { SourceMap } = require("node:module");
const path = require("node:path");

const esbuildVersion = require("esbuild/package.json").version;
const cache = path.join(__dirname, "..", "node_modules", ".cache", "loader");
const maps = new Map();

require.extensions[".ts"] = (module, file) => {
  const { code, map } = transformed(file);
  maps.set(file, map);
  module._compile(code, file);
};

// Errors then name the TypeScript file and line. Pulumi installs a package for that, too; it maps the SDK's own frames as well,
// from files it has to read, at every resource. This one maps ours alone.
Error.prepareStackTrace = (error, frames) => `${headOf(error)}${frames.map((frame) => `\n    at ${placeOf(frame)}`).join("")}`;

function headOf(error) {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}

function placeOf(frame) {
  const file = frame.getFileName();
  const map = maps.get(file);
  if (map === undefined) return String(frame);
  const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
  const { originalLine, originalColumn } = parsed(file, map).findEntry(line - 1, column - 1);
  if (originalLine === undefined) return String(frame);
  return String(frame).replace(`${file}:${line}:${column}`, `${file}:${originalLine + 1}:${originalColumn + 1}`);
}

function parsed(file, map) {
  if (typeof map !== "string") return map;
  const sourceMap = new SourceMap(JSON.parse(map));
  maps.set(file, sourceMap);
  return sourceMap;
}

function transformed(file) {
  const text = fs.readFileSync(file, "utf8");
  const key = createHash("sha256").update(`${esbuildVersion}\0${file}\0${text}`).digest("hex");
  const kept = path.join(cache, `${key}.json`);
  try {
    return JSON.parse(fs.readFileSync(kept, "utf8"));
  } catch {
    const result = transform(file, text);
    keep(kept, JSON.stringify(result));
    return result;
  }
}

function transform(file, text) {
  const { code, map } = require("esbuild").transformSync(text, {
    loader: "ts",
    format: "cjs",
    target: "node22",
    sourcefile: file,
    sourcemap: "external",
    sourcesContent: false,
  });
  return { code, map };
}

// Written beside and renamed, so that programs started at the same time never read half a file. A read-only checkout
// costs the transformation, not the program.
function keep(file, text) {
  const partial = `${file}.${process.pid}`;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(partial, text);
    fs.renameSync(partial, file);
  } catch {
    fs.rmSync(partial, { force: true });
  }
}
