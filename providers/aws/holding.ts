import type { Holding } from "../contract";
import { kindOf, plainArn } from "./arns";

/** What EKS writes on the security group it makes for a cluster. No tag of ours can begin like this. */
const madeByEks = "aws:eks:cluster-name";

/** @returns what is listed under an ARN; undefined where the program did not make it. */
export function holdingAt(listed: string, tags: Readonly<Record<string, string | undefined>>): Holding | undefined {
  const arn = plainArn(listed);
  const kind = kindOf(arn);
  if (kind === undefined || madeByEks in tags) return undefined;
  return {
    id: arn,
    what: kind.type,
    ...(tags.Name !== undefined && { logicalName: tags.Name }),
    names: kind.id === undefined ? [arn] : [arn, kind.id],
  };
}
