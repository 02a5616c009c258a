import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Properties } from "../provider/properties";

/** What the engine is doing to one resource. */
export interface StepMetadata {
  /** `create`, `update`, `same`, `create-replacement`, `delete-replaced`, `delete`, … */
  op: string;
  urn: string;
  type: string;
  /** Properties that differ, for an update or a replacement. */
  diffs?: string[] | null;
  keys?: string[] | null;
  /** By property path, for an update that a provider explains. */
  detailedDiff?: Record<string, unknown> | null;
  /** The resource before and after; secrets are masked. */
  old?: { inputs?: Properties } | null;
  new?: { inputs?: Properties } | null;
}

export interface Diagnostic {
  severity: "info" | "info#err" | "warning" | "error";
  message: string;
  urn?: string;
}

/** The engine's events that a rehearsal looks at; its stream has more. */
export interface EngineEvent {
  sequence: number;
  /** `planning` in a preview. */
  resourcePreEvent?: { metadata: StepMetadata; planning?: boolean };
  resOutputsEvent?: { metadata: StepMetadata; planning?: boolean };
  resOpFailedEvent?: { metadata: StepMetadata };
  diagnosticEvent?: Diagnostic;
  summaryEvent?: { durationSeconds: number; resourceChanges?: Record<string, number> };
}

/**
 * Reads the engine's stream of events, a JSON object a line, until it ends. Debug events are dropped before anybody sees
 * them: the SDK writes generated and provider secrets into them in clear. Other lines go to `onText`.
 */
export async function readEvents(
  stream: Readable,
  onEvent: (event: EngineEvent) => void,
  onText: (line: string) => void,
): Promise<void> {
  const lines = createInterface({ input: stream });
  lines.on("line", (line) => {
    const event = parsed(line);
    if (event === undefined) onText(line);
    else if (event.diagnosticEvent === undefined || isForPeople(event.diagnosticEvent)) onEvent(event);
  });
  // A killed command's pipe breaks instead of ending.
  lines.on("error", () => lines.close());
  await new Promise<void>((resolve) => lines.once("close", resolve));
}

const severities: readonly string[] = ["info", "info#err", "warning", "error"] satisfies Diagnostic["severity"][];

function isForPeople({ severity }: { severity: string }): boolean {
  return severities.includes(severity);
}

function parsed(line: string): EngineEvent | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const value = JSON.parse(line) as Partial<EngineEvent>;
    return value.sequence === undefined ? undefined : (value as EngineEvent);
  } catch {
    return undefined;
  }
}
