import * as path from "node:path";
import { Interruption } from "../../../rehearsal/interruption";
import type { RealCluster } from "../../../rehearsal/realCluster";
import { onStage } from "../../../rehearsal/rehearse";
import type { Stage } from "../../../rehearsal/stage";
import { silent } from "../../rehearsal/silentView";

const repository = path.join(__dirname, "../../..");

/** A stage of the rehearsal that stands from one test to another. */
export class LongStage {
  private constructor(
    readonly stage: Stage,
    private readonly finish: () => void,
    private readonly played: Promise<void>,
  ) {}

  static begin(stackFile: string, real: RealCluster): Promise<LongStage> {
    return new Promise((resolve, reject) => {
      const interruption = new Interruption();
      const request = { command: "up" as const, stack: "node", stackFile, html: "" };
      let finish = (): void => undefined;
      const finished = new Promise<void>((done) => (finish = done));
      const played = onStage(request, { repository, view: silent, interruption, real }, async (stage) => {
        resolve(new LongStage(stage, finish, played));
        await finished;
      }).finally(() => interruption.close());
      played.catch(reject);
    });
  }

  /** Ends all processes and takes its folder away. */
  async end(): Promise<void> {
    this.finish();
    await this.played;
  }
}
