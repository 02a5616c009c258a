import { Config, RunError } from "@pulumi/pulumi";

/** The key of Google's provider that names the project everything is made in. */
export const projectKey = "gcp:project";

/** @returns the project of the stack; undefined where its config names none. A project of the environment is nobody's decision. */
export function givenProject(): string | undefined {
  return new Config("gcp").get("project");
}

/** @throws where somebody builds a plan without having checked it. */
export function projectOf(): string {
  const project = givenProject();
  if (project === undefined) throw new RunError(`${projectKey} is missing; the plan was not checked`);
  return project;
}
