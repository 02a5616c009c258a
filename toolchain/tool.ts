/** A command line program that this project needs at one version, and the places it can come from. */
export interface Tool {
  /** What a person calls it. */
  title: string;
  executable: string;
  /** Without a leading `v`. An installed one may differ in the last number. */
  version: string;
  versionArguments: readonly string[];
  /** Programs it needs beside itself where it was installed or unpacked; a build has them from elsewhere. */
  companions: readonly string[];
  /** Absent where none is published. */
  archive?: ToolArchive;
  module: ToolModule;
}

/** The official archive, and the published checksums that name it. */
export interface ToolArchive {
  url: string;
  checksumsUrl: string;
  /** The folder inside the archive that holds the executable. */
  folder: string;
}

/** Programs of one Go module of this repository, which names their sources, each with its checksum in `go.sum`. */
export interface GoModule {
  readonly folder: string;
  readonly packages: readonly string[];
  readonly tags: readonly string[];
  /** Go variables that the programs' own release build sets, such as the version they report. */
  readonly variables: Readonly<Record<string, string>>;
  /** What a first build costs on two cores, told to the person who waits. */
  readonly cost: string;
}

/** The Go module that builds the program. */
export interface ToolModule extends Omit<GoModule, "packages"> {
  package: string;
}

export type ToolSource = "installed" | "archive" | "built";

export interface ObtainedTool {
  /** The absolute path of the executable. */
  binary: string;
  /** The version it reports itself. */
  version: string;
  source: ToolSource;
}
