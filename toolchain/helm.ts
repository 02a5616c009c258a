import * as path from "node:path";
import { obtainTool } from "./obtain";
import type { Progress } from "./setup/progress.cjs";
import type { ObtainedTool, Tool } from "./tool";

/** The Helm that `@pulumi/kubernetes` 4.34 is built with. */
const version = "3.20.2";
// What Helm renders for unless told otherwise; its release build takes it from its version of k8s.io/client-go (0.35).
const kubernetes = { major: "1", minor: "35" };
const platform = `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
const archive = `https://get.helm.sh/helm-v${version}-${platform}.tar.gz`;

/** Helm, which renders and installs our chart in rehearsals and tests. */
export const helm: Tool = {
  title: "Helm",
  executable: "helm",
  version,
  versionArguments: ["version", "--template={{.Version}}"],
  companions: [],
  archive: { url: archive, checksumsUrl: `${archive}.sha256sum`, folder: platform },
  module: {
    folder: path.join(__dirname, "helm"),
    package: "helm.sh/helm/v3/cmd/helm",
    tags: [],
    variables: {
      "helm.sh/helm/v3/internal/version.version": `v${version}`,
      "helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor": kubernetes.major,
      "helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor": kubernetes.minor,
      "helm.sh/helm/v3/pkg/lint/rules.k8sVersionMajor": kubernetes.major,
      "helm.sh/helm/v3/pkg/lint/rules.k8sVersionMinor": kubernetes.minor,
    },
    cost: "1 to 3 minutes on two cores, once",
  },
};

export function obtainHelm(progress: Progress, signal?: AbortSignal): Promise<ObtainedTool> {
  return obtainTool(helm, progress, signal);
}
