// Lets Node `require` TypeScript without a build step: each file is transformed by esbuild once and kept, by the hash of
// its text, under node_modules/.cache. Types are not checked here; `npm test` does that.
"use strict";

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const sourceMapSupport = require("source-map-support");

const esbuildVersion = require("esbuild/package.json").version;
const cache = path.join(__dirname, "..", "node_modules", ".cache", "loader");
const maps = new Map();

require.extensions[".ts"] = (module, file) => {
  const { code, map } = transformed(file);
  maps.set(file, map);
  module._compile(code, file);
};

// Errors then name the TypeScript file and line, also under Pulumi, which installs the same package.
sourceMapSupport.install({
  environment: "node",
  handleUncaughtExceptions: false,
  retrieveSourceMap: (file) => (maps.has(file) ? { url: file, map: maps.get(file) } : null),
});

// The SDK's source maps leave its own folder out, and the SDK prints errors in colours. Node needs half a minute and a
// gigabyte to find colours for a path such as node_modules/@scope/file.ts.
const printedStack = Error.prepareStackTrace;
Error.prepareStackTrace = (error, frames) =>
  printedStack(error, frames).replace(/(node_modules\/@pulumi\/)(?=[\w-]+\.ts:)/g, "$1pulumi/");

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
