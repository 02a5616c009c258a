import * as path from "node:path";
import { cacheFolder } from "../toolchain/setup/cache.cjs";
import type { RealCluster } from "./real/cluster";
import { userFolder, type Scratch } from "./scratch";

/** Of the machine's own environment only this is passed on; credentials, profiles and contexts are not. */
const passed = ["LANG", "LC_ALL", "TMPDIR", "TZ"];

/** The environment of the engine and of everything it starts. */
export function rehearsalEnvironment(scratch: Scratch, engine: Record<string, string>, helm: string, real?: RealCluster): Record<string, string> {
  const own = passed.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(own),
    ...engine,
    HOME: userFolder(scratch),
    XDG_CACHE_HOME: path.dirname(cacheFolder()),
    // Program and providers load the same files at every start.
    NODE_COMPILE_CACHE: cacheFolder("compiled"),
    REHEARSAL_CLOUD: scratch.cloud,
    REHEARSAL_HELM: helm,
    ...(real && { REHEARSAL_KUBECTL: real.kubectl }),
    AWS_ACCESS_KEY_ID: "REHEARSALACCESSKEYID",
    AWS_SECRET_ACCESS_KEY: "rehearsal-has-no-credentials",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
