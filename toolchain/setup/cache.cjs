"use strict";

const os = require("node:os");
const path = require("node:path");

/** Plain JavaScript like its neighbours: it is needed before the packages are installed. */
exports.cacheFolder = function cacheFolder(...parts) {
  const configured = process.env.XDG_CACHE_HOME;
  // The XDG specification asks to ignore a relative path.
  const base = configured && path.isAbsolute(configured) ? configured : path.join(os.homedir(), ".cache");
  return path.join(base, "moodle-platform", ...parts);
};
