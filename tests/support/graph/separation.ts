import { byUrn, described, type ProgramGraph, type ResourceNode } from "../monitor/graph";

/** What keeps data. */
const dataService =
  /^(aws:(rds|elasticache|s3|efs|ebs|backup)\/|azure-native:(dbforpostgresql|redisenterprise|storage):|azure-native:compute:Disk$|gcp:(sql|redis|storage|filestore)\/|gcp:compute\/(regionD|d)isk:)/;

/** The cluster, and everything that can only exist once it does. */
const cluster = /^(aws:eks\/|azure-native:containerservice:|gcp:container\/|kubernetes:|pulumi:providers:kubernetes$)/;

/** The part of the cluster that stands before anything runs in it. */
const clusterItself = /^(aws:eks\/cluster:|azure-native:containerservice:ManagedCluster$|gcp:container\/cluster:)/;

/**
 * Ways by which a data service waits for the cluster, or the cluster for a data service. Either would put their creation
 * one after the other, and let the replacement of one reach the other.
 */
export function couplingsOfDataAndCluster(graph: ProgramGraph): string[] {
  const resources = byUrn(graph);
  const data = graph.resources.filter((resource) => resource.custom && dataService.test(resource.type));
  const clusters = graph.resources.filter((resource) => clusterItself.test(resource.type));
  if (data.length === 0 || clusters.length === 0) return ["the program created no data service or no cluster, so nothing was checked"];
  return [
    ...data.flatMap((resource) => pathTo(resource, (other) => cluster.test(other.type), resources)),
    ...clusters.flatMap((resource) => pathTo(resource, (other) => dataService.test(other.type), resources)),
  ];
}

// The shortest way, so that the message names the edge to cut.
function pathTo(start: ResourceNode, wanted: (resource: ResourceNode) => boolean, resources: ReadonlyMap<string, ResourceNode>): string[] {
  const seen = new Set([start.urn]);
  let paths = [[start]];
  while (paths.length > 0) {
    const longer: ResourceNode[][] = [];
    for (const path of paths) {
      for (const urn of waitsFor(path[path.length - 1] ?? start, resources)) {
        const next = resources.get(urn);
        if (next === undefined || seen.has(urn)) continue;
        seen.add(urn);
        if (wanted(next)) return [[...path, next].map(described).join(" waits for ")];
        longer.push([...path, next]);
      }
    }
    paths = longer;
  }
  return [];
}

/** What must exist before this resource can be created. A component exists at once; a custom parent has to be made. */
export function waitsFor(resource: ResourceNode, resources: ReadonlyMap<string, ResourceNode>): Set<string> {
  const parent = resource.parent === undefined ? undefined : resources.get(resource.parent);
  return new Set([
    ...resource.dependencies,
    ...Object.values(resource.propertyDependencies).flat(),
    ...(resource.provider === undefined ? [] : [resource.provider]),
    ...(parent?.custom === true ? [parent.urn] : []),
  ]);
}
