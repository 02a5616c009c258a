/** A line of Moodle releases and what it runs on. Source: Moodle's release notes and `admin/environment.xml` of each line. */
export interface MoodleLine {
  readonly line: string;
  /** Oldest major version of PostgreSQL the line accepts. */
  readonly postgresql: number;
  /** PHP of the image: Debian's own for the distribution the line is built on. */
  readonly php: string;
  /** Web root below the code: lines from 5.1 on serve `public`. */
  readonly webRoot: "" | "public";
  /** First point release that runs with an object store on S3; earlier ones fail on every request (MDL-88291). */
  readonly leastPoint: number;
}

export const moodleLines: readonly MoodleLine[] = [
  { line: "4.5", postgresql: 13, php: "8.2", webRoot: "", leastPoint: 0 },
  { line: "5.1", postgresql: 15, php: "8.4", webRoot: "public", leastPoint: 0 },
  { line: "5.2", postgresql: 16, php: "8.4", webRoot: "public", leastPoint: 2 },
  { line: "5.3", postgresql: 16, php: "8.4", webRoot: "public", leastPoint: 0 },
];

/** @returns the line of a release such as `5.1.7`, or undefined where it is not in the table or too early in its line. */
export function moodleLine(version: string): MoodleLine | undefined {
  const [, line, point] = /^(\d+\.\d+)\.(\d+)$/.exec(version) ?? [];
  return moodleLines.find((candidate) => candidate.line === line && Number(point) >= candidate.leastPoint);
}

/** What `moodleLine` accepts, in words. */
export const moodleVersionsAllowed = moodleLines
  .map(({ line, leastPoint }) => (leastPoint > 0 ? `${line}.${leastPoint} and later` : `${line}.*`))
  .join(", ");
