import type { LoadedImages } from "./images";
import type { RealCluster } from "./cluster";

/**
 * What the development stack of `existing` has to say on a cluster of one node.
 * @param files where the volume for files comes from
 */
export function keysFor({ moodle, version, servers }: LoadedImages, files: object): RealCluster["keys"] {
  const server = (runAs: number) => ({ image: servers.image, runAs });
  return {
    "moodle:application": { image: moodle, version },
    // A node of two processors has room for this, the pods that come while others go, and the release's Job.
    "moodle:sizing": { webReplicasMin: 1, webReplicasMax: 1 },
    "moodle:cron": { runners: 1, adhocRunners: 1 },
    "moodle:existing": { database: server(servers.database), sessionCache: server(servers.cache), applicationCache: server(servers.cache), files, podRanges: ["10.244.0.0/16"] },
  };
}
