/**
 * @returns what a plan that `check` accepts always has.
 * @throws where somebody builds a plan without having checked it.
 */
export function checked<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`gcp has no ${what}; the plan was not checked`);
  return value;
}
