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
  archive: ToolArchive;
  module: ToolModule;
}

/** The official archive, and the published checksums that name it. */
export interface ToolArchive {
  url: string;
  checksumsUrl: string;
  /** The folder inside the archive that holds the executable. */
  folder: string;
}

/** A Go module of this repository that names the program's sources, each with its checksum in `go.sum`. */
export interface ToolModule {
  folder: string;
  package: string;
  tags: readonly string[];
  /** Go variables that the program's own release build sets, such as the version it reports. */
  variables: Readonly<Record<string, string>>;
  /** What a first build costs on two cores, told to the person who waits. */
  cost: string;
}

export type ToolSource = "installed" | "archive" | "built";

export interface ObtainedTool {
  /** The absolute path of the executable. */
  binary: string;
  /** The version it reports itself. */
  version: string;
  source: ToolSource;
}
