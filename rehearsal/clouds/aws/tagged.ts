import type { CloudObject } from "../../provider/behaviour";
import { object, text } from "../../provider/properties";
import { storesOf } from "../../provider/store";
import { arn } from "./region";
import * as tokens from "./tokens";

/** An object as AWS lists it by its tags. */
export interface Tagged {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly object: CloudObject;
}

/** Everything in a cloud folder that carries all of the tags, and what is kept of it after a deletion. */
export function taggedWith(tags: Readonly<Record<string, string>>, cloudFolder: string): readonly Tagged[] {
  return storesOf(cloudFolder, "aws")
    .flatMap((store) => [...store.read().values()])
    .flatMap((held) => {
      const name = arnOf(held);
      const own = tagsOf(held);
      return name !== undefined && Object.entries(tags).every(([key, value]) => own[key] === value) ? [{ arn: name, tags: own, object: held }] : [];
    });
}

function tagsOf({ outputs }: CloudObject): Readonly<Record<string, string>> {
  const tags = { ...object(outputs, "tags"), ...object(outputs, "tagsAll") };
  return Object.fromEntries(Object.entries(tags).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])));
}

/** Most types answer the provider with their ARN; these do it under another name, or not at all. */
function arnOf({ type, id, outputs }: CloudObject): string | undefined {
  if (type === tokens.ACCESS_ENTRY) return text(outputs, "accessEntryArn");
  if (type === tokens.POD_IDENTITY_ASSOCIATION) return text(outputs, "associationArn");
  if (type === tokens.NAT_GATEWAY) return arn("ec2", text(outputs, "region") ?? "", `natgateway/${id}`);
  return text(outputs, "arn");
}
