import * as pulumi from "@pulumi/pulumi";
import type { Egress, ObjectStoreAccess } from "../contract";
import { egressInside, egressTo } from "./endpoint";
import type { Scope } from "./scope";
import { hostOf, type Servers } from "./server";

export interface ObjectStore {
  readonly access: ObjectStoreAccess;
  readonly egress: readonly Egress[];
}

/** https://github.com/versity/versitygw: S3 on a plain folder, in an image with a shell. MinIO's community images have ended. */
const image = "ghcr.io/versity/versitygw:v1.8.0@sha256:30292fc2eeacc67a36993b01f7a7a5e3361a19cced0e80c1d71cfa2a4b0a2499";

/** The object store that is brought along, or else one in the cluster; nothing where the plan has none. */
export function createObjectStore({ plan, settings: { objectStore: given }, brought }: Scope, servers: () => Servers): ObjectStore | undefined {
  if (plan.objectStore === undefined) return undefined;
  const common = { protocol: "s3", region: given.region, bucket: pulumi.output(given.bucket), aclHeader: "none" } as const;
  if (given.endpoint !== undefined) {
    return {
      access: {
        ...common,
        endpoint: given.endpoint,
        credentials: {
          kind: "access key",
          id: pulumi.secret(brought.objectStoreAccessKeyId ?? ""),
          secret: pulumi.secret(brought.objectStoreSecretAccessKey ?? ""),
        },
      },
      egress: egressTo("Object store", Number(new URL(given.endpoint).port || 443), given.ranges),
    };
  }
  const port = 9000;
  const id = servers().password("objects-access-key-id");
  const secret = servers().password("objects-secret-access-key");
  servers().run({
    role: "objects",
    holds: "objectStore",
    image: given.image ?? image,
    runAs: given.runAs,
    port,
    script: scriptOf({ port, bucket: given.bucket, region: given.region }),
    environment: { ROOT_ACCESS_KEY: id, ROOT_SECRET_KEY: secret },
    disk: given.size,
    memory: "512 MiB",
    // Moodle trusts public authorities alone where it speaks S3: inside the cluster it goes unencrypted.
    tls: false,
  });
  return {
    access: { ...common, endpoint: `http://${hostOf("objects")}:${port}`, credentials: { kind: "access key", id, secret }, fromBrowsers: false },
    egress: egressInside("Object store", port),
  };
}

/** A folder of the gateway's is a bucket. */
function scriptOf({ port, bucket, region }: { readonly port: number; readonly bucket: string; readonly region: string }): string {
  return `set -eu
mkdir -p '/data/objects/${bucket}'
exec "$(command -v versitygw || echo /app/versitygw)" --port :${port} --region '${region}' posix /data/objects
`;
}
