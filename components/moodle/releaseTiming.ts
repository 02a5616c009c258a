/**
 * Seconds Helm waits for a release. A first installation takes about seven minutes when nodes have to come first; upgrades of
 * large databases are slower, and one that is cut in the middle has to be repaired by hand. An estimate on the safe side.
 */
export const releasePatience = 3600;

/** Seconds the install-or-upgrade job may take: its failure must be seen before Helm's patience ends. */
export const jobDeadline = releasePatience - 600;
