import { runCommand } from "../toolchain/command";

/** Asks the engine's command, which is `pulumi` on the PATH. It finds the project from the folder, as when a person types it. */
export class Engine {
  constructor(
    private readonly folder: string,
    private readonly stack: string,
  ) {}

  /** The state as it was last written. Secrets in it stay encrypted. */
  exportState(): Promise<string> {
    return this.ask(["stack", "export", "--stack", this.stack]);
  }

  /** The stack's config by key. Secret values are undefined. */
  async config(): Promise<Readonly<Record<string, unknown>>> {
    const entries = JSON.parse(await this.ask(["config", "--json", "--stack", this.stack])) as Record<string, { value?: string; objectValue?: unknown }>;
    return Object.fromEntries(Object.entries(entries).map(([key, { value, objectValue }]) => [key, objectValue ?? value]));
  }

  /** Where states are kept. */
  async backend(): Promise<string> {
    return (JSON.parse(await this.ask(["whoami", "--json"])) as { url: string }).url;
  }

  private async ask(args: readonly string[]): Promise<string> {
    const environment = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const { code, stdout, stderr } = await runCommand("pulumi", [...args, "--non-interactive"], { cwd: this.folder, env: environment }).catch(absent);
    if (code !== 0) throw new Error(`\`pulumi ${args.join(" ")}\` failed:\n${stderr.trim()}`);
    return stdout;
  }
}

function absent(error: NodeJS.ErrnoException): never {
  if (error.code !== "ENOENT") throw error;
  throw new Error("There is no pulumi on the PATH. Install it (https://www.pulumi.com/docs/install), or put its folder on the PATH.");
}
