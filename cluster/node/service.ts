import { shellWord } from "../../toolchain/shellWords";
import { kubeconfigOf, nodeFolder } from "./addresses";

/** A program that runs on the node itself and is started again when it ends. */
export interface Service {
  readonly name: string;
  readonly command: readonly string[];
  /** Files that it reads, by their names below `/node`. */
  readonly files?: Readonly<Record<string, string>>;
}

/** What runit runs; what the program prints goes to a file of its own. */
export function runScript({ name, command }: Service): string {
  return `#!/bin/sh\nexec >> /var/log/${name}.log 2>&1\nexec ${command.map(shellWord).join(" ")}\n`;
}

/** A file below `/node`, as its program reads it. */
export const fileOf = (name: string): string => `${nodeFolder}/${name}`;

/** Options as Kubernetes' programs take them. */
export function flags(values: Readonly<Record<string, string | number | boolean>>): string[] {
  return Object.entries(values).map(([name, value]) => `--${name}=${value}`);
}

/** How a program reaches the API server, and asks it who its own callers are and what they may. */
export function access(user: string) {
  const file = kubeconfigOf(user);
  return { kubeconfig: file, "authentication-kubeconfig": file, "authorization-kubeconfig": file };
}

/** A configuration file of Kubernetes' programs, which read JSON as YAML. */
export const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
