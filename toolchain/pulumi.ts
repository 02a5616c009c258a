import * as path from "node:path";
import { obtainTool } from "./obtain";
import type { Progress } from "./setup/progress.cjs";
import type { ObtainedTool, Tool } from "./tool";

/** The same version as `@pulumi/pulumi` in package.json: the protocol between them moves between minor versions. */
const version = "3.259.0";

/** The Pulumi command line program, the engine. Built as its own release is, without the debug symbols. */
export const pulumi: Tool = {
  title: "Pulumi",
  executable: "pulumi",
  version,
  versionArguments: ["version"],
  companions: ["pulumi-language-nodejs"],
  archive: {
    url: `https://get.pulumi.com/releases/sdk/pulumi-v${version}-${process.platform}-${process.arch}.tar.gz`,
    checksumsUrl: `https://github.com/pulumi/pulumi/releases/download/v${version}/SHA512SUMS`,
    folder: "pulumi",
  },
  module: {
    folder: path.join(__dirname, "pulumi"),
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    tags: ["osusergo", "grpcnotrace"],
    variables: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": `v${version}` },
    cost: "about 4 minutes on two cores and 2 GB of Go's module cache, once",
  },
};

export function obtainPulumi(progress: Progress, signal?: AbortSignal): Promise<ObtainedTool> {
  return obtainTool(pulumi, progress, signal);
}
