import { CloudControlClient, GetResourceCommand, ResourceNotFoundException } from "@aws-sdk/client-cloudcontrol";
import { IAMClient, NoSuchEntityException, paginateListRoles, paginateListRoleTags, type Role } from "@aws-sdk/client-iam";
import { paginateGetResources, ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import type { Holding, HoldingsScope } from "../contract";
import { kindOf } from "./arns";
import { holdingAt } from "./holding";
import { sdkCredentials } from "./sdkCredentials";

/** Several pages and a look at each role come close together: AWS asks who calls often to wait. */
const maxAttempts = 8;

/** What the caller must be allowed. */
const actions = ["tag:GetResources", "iam:ListRoles", "iam:ListRoleTags", "cloudformation:GetResource"];

interface Tag {
  readonly Key?: string;
  readonly Value?: string;
}

/**
 * What AWS lists under the tags, without what is there no more. The list of tagged resources leaves out roles, and keeps what was
 * deleted for minutes or hours; so roles are asked for by themselves, and whatever the state does not know is looked up once more.
 */
export async function holdings(scope: HoldingsScope): Promise<readonly Holding[]> {
  const { region, known } = scope;
  try {
    const client = { region, credentials: sdkCredentials(scope), maxAttempts };
    const listed = (await Promise.all([listTagged(new ResourceGroupsTaggingAPIClient(client), scope), listRoles(new IAMClient(client), scope)])).flat();
    const registry = new CloudControlClient(client);
    const there = await Promise.all(listed.map(async (each) => each.names.some(known) || (await exists(registry, each))));
    return listed.filter((_, index) => there[index]);
  } catch (error) {
    throw new Error(
      `AWS did not say what it holds in ${region}: ${reasonOf(error)}\n` +
        `Give the guard the credentials the stack is deployed with; it needs ${actions.join(", ")}.`,
      { cause: error },
    );
  }
}

async function listTagged(client: ResourceGroupsTaggingAPIClient, { tags }: HoldingsScope): Promise<Holding[]> {
  const found: Holding[] = [];
  const TagFilters = Object.entries(tags).map(([Key, value]) => ({ Key, Values: [value] }));
  for await (const { ResourceTagMappingList = [] } of paginateGetResources({ client }, { TagFilters, ResourcesPerPage: 100 })) {
    for (const { ResourceARN, Tags = [] } of ResourceTagMappingList) {
      const holding = ResourceARN === undefined ? undefined : holdingAt(ResourceARN, recordOf(Tags));
      if (holding) found.push(holding);
    }
  }
  return found;
}

/** IAM finds roles by path alone: all are listed, and those with our names are asked for their tags. */
async function listRoles(client: IAMClient, { name, tags }: HoldingsScope): Promise<Holding[]> {
  const named: Role[] = [];
  for await (const { Roles = [] } of paginateListRoles({ client }, { MaxItems: 1000 })) {
    named.push(...Roles.filter(({ RoleName }) => RoleName?.startsWith(`${name}-`)));
  }
  const found = await Promise.all(
    named.map(async ({ Arn = "", RoleName = "" }) => {
      const own = await tagsOf(client, RoleName);
      return Object.entries(tags).every(([key, value]) => own[key] === value) ? holdingAt(Arn, own) : undefined;
    }),
  );
  return found.filter((holding) => holding !== undefined);
}

async function tagsOf(client: IAMClient, RoleName: string): Promise<Readonly<Record<string, string>>> {
  const tags: Tag[] = [];
  try {
    for await (const page of paginateListRoleTags({ client }, { RoleName })) tags.push(...(page.Tags ?? []));
  } catch (error) {
    // Deleted since it was listed.
    if (!(error instanceof NoSuchEntityException)) throw error;
  }
  return recordOf(tags);
}

/**
 * Whether the registry finds it. Every type there must answer "not found" once it is deleted, even where AWS keeps it for a while,
 * as keys and secrets: https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract.html
 * Whatever else the registry answers, a thing that is listed counts as there.
 */
async function exists(client: CloudControlClient, { id }: Holding): Promise<boolean> {
  const kind = kindOf(id);
  if (kind?.identifier === undefined) return true;
  try {
    await client.send(new GetResourceCommand({ TypeName: kind.type, Identifier: kind.identifier }));
  } catch (error) {
    return !(error instanceof ResourceNotFoundException);
  }
  return true;
}

function recordOf(tags: readonly Tag[]): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
