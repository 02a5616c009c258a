// Loaded into every Node process of a measured command: writes its peak resident memory, in MiB, when it ends.
"use strict";

const { appendFileSync } = require("node:fs");

process.on("exit", () => {
  const role = process.argv[1]?.includes("cmd/run") ? "program" : "other";
  appendFileSync(process.env.BENCH_PEAKS, `${role} ${Math.round(process.resourceUsage().maxRSS / 1024)}\n`);
});
