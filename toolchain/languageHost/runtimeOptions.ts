import type { ProgramInfo } from "@pulumi/pulumi/proto/language_pb";
import { shellWords } from "../shellWords";

/** What `runtime.options` in Pulumi.yaml may say; the rest of them concern the installation of packages. */
export interface RuntimeOptions {
  /** Pulumi's own TypeScript support. @default true */
  typescript: boolean;
  tsconfig?: string;
  /** Arguments of the Node process. */
  nodeargs: string[];
}

/** @throws when an option is of the wrong type */
export function runtimeOptions(info: ProgramInfo): RuntimeOptions {
  const { typescript = true, tsconfig, nodeargs = "" } = info.getOptions()?.toJavaScript() ?? {};
  if (typeof typescript !== "boolean") throw new Error("the runtime option typescript must be a boolean");
  if (tsconfig !== undefined && typeof tsconfig !== "string") throw new Error("the runtime option tsconfig must be a string");
  if (typeof nodeargs !== "string") throw new Error("the runtime option nodeargs must be a string");
  return { typescript, tsconfig, nodeargs: shellWords(nodeargs) };
}

/** How a program of this project is told about its options. */
export function optionVariables(options: RuntimeOptions): Record<string, string> {
  return {
    ...(options.typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
    ...(options.tsconfig ? { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig } : {}),
  };
}
