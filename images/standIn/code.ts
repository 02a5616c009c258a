/** What the code of an image says of itself: `shape` stands for Moodle's hash over what changes the database. */
export interface Code {
  readonly version: string;
  readonly release: string;
  readonly shape: string;
}

export const installed: Code = { version: "2025100600.00", release: "5.1.0 (Build: 1)", shape: "a" };
export const sameShape: Code = { version: "2025100601.00", release: "5.1.1 (Build: 2)", shape: "a" };
export const otherShape: Code = { version: "2025100602.00", release: "5.1.2 (Build: 3)", shape: "b" };

/** The release as the chart's values have it, for example 5.1.0. */
export const pointOf = ({ release }: Code): string => release.split(" ")[0] ?? "";
