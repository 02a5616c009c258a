import * as artifactregistry from "@pulumi/gcp/artifactregistry";
import * as pulumi from "@pulumi/pulumi";
import type { ImagePull } from "../contract";
import type { Identity } from "./identity";
import type { Scope } from "./scope";
import { after } from "./services";

/** What runs is named by digest and may be of any age: only what lost its tag goes, and late. */
const secondsUntagged = 365 * 86_400;

/** Where the platform's own images are pushed. Nodes may pull from it, and from no other of the project. */
export function createRegistry(foundation: Scope, nodes: Identity): ImagePull {
  const scope = foundation.drawer("Registry");
  const { project } = scope;
  const { region } = scope.plan;
  const repository = new artifactregistry.Repository(
    scope.named("images"),
    {
      repositoryId: scope.cloudName("images"),
      project,
      location: region,
      format: "DOCKER",
      description: "Images of the platform",
      // A tag that moved would let two nodes run different code under one name.
      dockerConfig: { immutableTags: true },
      cleanupPolicies: [{ id: "untagged", action: "DELETE", condition: { tagState: "UNTAGGED", olderThan: `${secondsUntagged}s` } }],
      labels: scope.labels("images"),
    },
    scope.child({ dependsOn: after(scope.apis, "artifactregistry") }),
  );
  const readable = new artifactregistry.RepositoryIamMember(
    scope.named("images"),
    { project, location: region, repository: repository.name, role: "roles/artifactregistry.reader", member: nodes.member },
    scope.child(),
  );
  const id = pulumi.all([repository.repositoryId, readable.id]).apply(([repositoryId]) => repositoryId);
  return { registry: pulumi.interpolate`${region}-docker.pkg.dev/${project}/${id}/site` };
}
