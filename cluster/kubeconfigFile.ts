import * as fs from "node:fs";
import * as path from "node:path";
import { clusterFolder } from "./node/run";

/** Where a cluster's kubeconfig is, however often it is started. */
export const kubeconfigFile = (name: string): string => path.join(clusterFolder(name), "kubeconfig");

/** @throws where the cluster was never up */
export function existingKubeconfig(name: string): string {
  const file = kubeconfigFile(name);
  if (!fs.existsSync(file)) throw new Error(`There is no cluster ${name}: \`npm run cluster -- up --name ${name}\` starts one`);
  return file;
}
