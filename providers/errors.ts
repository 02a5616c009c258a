import { RunError } from "@pulumi/pulumi";
import type { Problem } from "../components/config/problem";

/** Something the config asks for that a cloud cannot answer. Found at plan time; never a silent no-op. */
export class UnsupportedError extends RunError implements Problem {
  readonly remedy: string;

  /**
   * @param cloud the cloud's name as in `moodle:cloud`.
   * @param key the config key that asks for it.
   * @param feature what was asked for, as the object of "does not offer".
   * @param alternative what to do instead.
   */
  constructor(
    readonly cloud: string,
    readonly key: string,
    readonly feature: string,
    alternative: string,
  ) {
    super(`${cloud} does not offer ${feature}`);
    this.name = "UnsupportedError";
    this.remedy = alternative;
  }
}
