import { described, type ProgramGraph, type ResourceNode } from "../monitor/graph";
import { isMap } from "../monitor/value";

/** Kubernetes resources that would go to whatever cluster the operator's own kubeconfig names. */
export function inAmbientCluster(graph: ProgramGraph): string[] {
  return inCluster(graph).filter((resource) => resource.provider === undefined).map(described);
}

/** Kubernetes providers that would take the same cluster at a new address for another one, and replace everything in it. */
export function withoutClusterIdentity(graph: ProgramGraph): string[] {
  return graph.resources
    .filter((resource) => resource.type === "pulumi:providers:kubernetes" && resource.inputs["clusterIdentifier"] === undefined)
    .map(described);
}

/**
 * Resources whose end is not that of their cluster: those that a destroy would delete one by one through an API server about
 * to go, and load balancers that would stay behind in the cloud.
 */
export function notEndingWithCluster(graph: ProgramGraph): string[] {
  return inCluster(graph).flatMap((resource) => {
    if (ownsCloudObjects(resource)) {
      return resource.deletedWith === undefined ? [] : [`${described(resource)} owns a load balancer and must be deleted itself`];
    }
    return resource.deletedWith === undefined ? [`${described(resource)} has no deletedWith`] : [];
  });
}

/** Resources that would stay behind in a cluster that stays: the engine asks nobody to delete them. */
export function leftInCluster(graph: ProgramGraph): string[] {
  return inCluster(graph).filter(({ deletedWith }) => deletedWith !== undefined).map(described);
}

function inCluster(graph: ProgramGraph): ResourceNode[] {
  return graph.resources.filter((resource) => resource.custom && resource.type.startsWith("kubernetes:"));
}

function ownsCloudObjects(resource: ResourceNode): boolean {
  const spec = resource.inputs["spec"];
  return resource.type === "kubernetes:core/v1:Service" && isMap(spec) && spec["type"] === "LoadBalancer";
}
