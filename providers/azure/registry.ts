import * as containerregistry from "@pulumi/azure-native/containerregistry";
import * as pulumi from "@pulumi/pulumi";
import type { ImagePull } from "../contract";
import { createName } from "./names";
import type { Scope } from "./scope";

export interface Registry {
  readonly registry: containerregistry.Registry;
  readonly imagePull: ImagePull;
}

/** Where the platform's own images are pushed. Nodes may pull from it by their identity. */
export function createRegistry(foundation: Scope): Registry {
  const scope = foundation.drawer("Registry");
  const registry = new containerregistry.Registry(
    scope.named("images"),
    {
      ...scope.at("images"),
      registryName: createName(scope, "registry", "images"),
      sku: { name: "Standard" },
      // Nobody but identities of Entra ID.
      adminUserEnabled: false,
      anonymousPullEnabled: false,
    },
    scope.child(),
  );
  return { registry, imagePull: { registry: pulumi.interpolate`${registry.loginServer}/moodle` } };
}
