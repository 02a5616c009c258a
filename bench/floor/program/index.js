require("../../../toolchain/loader.cjs");
module.exports = require("../index.ts");
