import type { EngineEvent } from "../engine/events";
import type { Progress } from "../../toolchain/setup/progress.cjs";
import { lineView } from "./lines";
import { liveView } from "./live";

/** Shows a person how a rehearsal goes. */
export interface View extends Progress {
  /**
   * A run of the engine begins.
   *
   * @param now the simulated minutes on the clock
   * @param expected how many resources will change, where that is known
   */
  begin(title: string, now: () => number, expected?: number): void;
  event(event: EngineEvent): void;
  /** The run has ended; the line says how. */
  end(line: string): void;
}

/** A view that repaints itself on a terminal, and plain lines elsewhere. */
export function viewOn(stream: NodeJS.WriteStream): View {
  const coloured = stream.isTTY && (process.env.NO_COLOR ?? "") === "" && process.env.TERM !== "dumb";
  return stream.isTTY && process.env.TERM !== "dumb" ? liveView(stream, coloured) : lineView(stream);
}
