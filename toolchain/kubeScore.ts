import * as path from "node:path";
import { obtainTool } from "./obtain";
import type { Progress } from "./setup/progress.cjs";
import type { ObtainedTool, Tool } from "./tool";

const version = "1.20.0";
const release = `https://github.com/zegl/kube-score/releases/download/v${version}`;
const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;

/** kube-score, which looks at Kubernetes objects for what makes them unreliable or unsafe. */
export const kubeScore: Tool = {
  title: "kube-score",
  executable: "kube-score",
  version,
  versionArguments: ["version"],
  companions: [],
  archive: { url: `${release}/kube-score_${version}_${platform}.tar.gz`, checksumsUrl: `${release}/checksums.txt`, folder: "." },
  module: {
    folder: path.join(__dirname, "kubeScore"),
    package: "github.com/zegl/kube-score/cmd/kube-score",
    tags: [],
    variables: { "main.version": version },
    cost: "about a minute on two cores, once",
  },
};

export function obtainKubeScore(progress: Progress, signal?: AbortSignal): Promise<ObtainedTool> {
  return obtainTool(kubeScore, progress, signal);
}
