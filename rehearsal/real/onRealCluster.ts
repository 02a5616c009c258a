import type { RehearsalRequest } from "../arguments";
import type { Interruption } from "../interruption";
import type { View } from "../progress/view";
import { existing } from "../simulatedClouds";
import { StackFile } from "../stackFile";
import type { RealCluster } from "./cluster";
import { onGivenCluster } from "./givenCluster";
import { onOwnCluster } from "./ownCluster";

type RealRequest = RehearsalRequest & { readonly real: NonNullable<RehearsalRequest["real"]> };

/** Has the cluster used that a person gave, or one that is made for it. @throws before anything is made, where the stack does not fit */
export async function onRealCluster<Result>(request: RealRequest, { view, interruption }: { view: View; interruption: Interruption }, use: (real: RealCluster) => Promise<Result>): Promise<Result> {
  const stackFile = new StackFile(request.stackFile);
  const cloud = stackFile.text("moodle:cloud");
  if (cloud !== existing) throw new Error(`${request.stackFile}: moodle:cloud is "${cloud}", and --real takes a stack of "${existing}" alone: the others make a cluster in a cloud`);
  const made = { view, signal: interruption.signal, keep: request.keep !== undefined };
  const { kubeconfig } = request.real;
  return kubeconfig === undefined ? onOwnCluster(made, use) : onGivenCluster({ ...made, kubeconfig, stackFile }, use);
}
