import { z } from "zod";

/**
 * The parser of one of several versions. YAML and `pulumi config set --path` make numbers of `17` and `1.35`; both are
 * taken as written.
 */
export function versionAmong<const Version extends string>(versions: readonly [Version, ...Version[]]) {
  return z.preprocess((given) => (typeof given === "number" ? String(given) : given), z.enum(versions));
}
