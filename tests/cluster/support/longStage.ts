import * as path from "node:path";
import { Interruption } from "../../../rehearsal/interruption";
import { onOwnCluster } from "../../../rehearsal/real/ownCluster";
import { onStage } from "../../../rehearsal/rehearse";
import type { Stage } from "../../../rehearsal/stage";
import { silent } from "../../rehearsal/silentView";

const repository = path.join(__dirname, "../../..");
const request = { command: "up", stack: "existing-shared", stackFile: path.join(repository, "tests/stacks/existing-shared.yaml"), html: "" } as const;

/** The stage that `npm run rehearse -- --cloud existing --real` sets up, standing from one test to another. */
export class LongStage {
  private constructor(
    readonly stage: Stage,
    private readonly finish: () => void,
    private readonly played: Promise<void>,
  ) {}

  static begin(): Promise<LongStage> {
    return new Promise((resolve, reject) => {
      const interruption = new Interruption();
      let finish = (): void => undefined;
      const finished = new Promise<void>((done) => (finish = done));
      const played = onOwnCluster({ view: silent, signal: interruption.signal, keep: false, way: "packages" }, (real) =>
        onStage(request, { repository, view: silent, interruption, real }, async (stage) => {
          resolve(new LongStage(stage, finish, played));
          await finished;
        }),
      ).finally(() => interruption.close());
      played.catch(reject);
    });
  }

  /** Ends all processes and takes its folder and its cluster away. */
  async end(): Promise<void> {
    this.finish();
    await this.played;
  }
}
