/** The programs that do a cluster's work, by the variable of the environment that names each. */
export type ToolVariable = "REHEARSAL_HELM" | "REHEARSAL_KUBECTL";

/** @throws where the variable names none */
export function toolAt(variable: ToolVariable): string {
  const program = process.env[variable];
  if (program === undefined || program === "") throw new Error(`${variable} is not set. It names the program that a rehearsal's cluster works with.`);
  return program;
}
