import { obtainCheckov } from "../../../toolchain/checkov";
import { obtainCyclonus } from "../../../toolchain/cyclonus";
import { obtainHelm } from "../../../toolchain/helm";
import { obtainKubeScore } from "../../../toolchain/kubeScore";
import { announced } from "./announced";
import { type Problem, problemsOf } from "./tools";

/** Gets Helm, and what looks at the objects that it renders. */
export function obtainScanners(): Promise<Problem[]> {
  return problemsOf({ helm: obtainHelm, "kube-score": obtainKubeScore, cyclonus: obtainCyclonus }, announced);
}

/** The same with a scanner in Python, which not every machine has. */
export function obtainPythonScanner(): Promise<Problem[]> {
  return problemsOf({ helm: obtainHelm, checkov: obtainCheckov }, announced);
}
