import * as ecr from "@pulumi/aws/ecr";
import type { ImagePull } from "../contract";
import type { Keys } from "./keys";
import type { Scope } from "./scope";

/** What runs is named by digest and may be of any age: only what lost its tag goes, and late. */
const daysUntagged = 365;

/** Where the platform's own images are pushed. Nodes may pull from it by their role. */
export function createRegistry(foundation: Scope, keys: Keys): ImagePull {
  const scope = foundation.drawer("Registry");
  const repository = new ecr.Repository(
    scope.named("images"),
    {
      // A tag that moved would let two nodes run different code under one name.
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: keys.data.arn }],
      // Images are built from a lock file: they can be made again.
      forceDelete: true,
      tags: scope.tags("images"),
    },
    scope.child(),
  );
  new ecr.LifecyclePolicy(
    scope.named("images"),
    {
      repository: repository.name,
      policy: JSON.stringify({
        rules: [
          {
            rulePriority: 1,
            description: "What no tag names any more",
            selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: daysUntagged },
            action: { type: "expire" },
          },
        ],
      }),
    },
    scope.child(),
  );
  return { registry: repository.repositoryUrl };
}
