import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as bodyOf } from "node:stream/consumers";
import { kindOf } from "../../../providers/aws/arns";
import { roles, rolesTags } from "./iamApi";
import { taggedWith } from "./tagged";

/** A refusal, as AWS words it. */
export interface ApiError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** What an action answers: JSON, or XML where the service speaks it. */
export type Answer = object | string | ApiError;

export interface RunningApi {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface ApiOptions {
  /** The most a page holds. Default: as AWS. */
  readonly pageSize?: number;
  /** Asked before every action: a refusal goes to the caller instead of an answer. */
  readonly refuse?: (action: string, input: unknown) => ApiError | undefined;
}

interface GetResources {
  readonly TagFilters?: readonly { readonly Key: string; readonly Values: readonly [string] }[];
  readonly ResourcesPerPage?: number;
  readonly PaginationToken?: string;
}

/**
 * The part of AWS's interface that tells what an account holds, over HTTP on this machine alone, from a simulated cloud's folder.
 * As in AWS, keys and secrets stay listed while they wait for their deletion, and the registry does not find them.
 */
export async function startApi(cloudFolder: string, { pageSize = 100, refuse }: ApiOptions = {}): Promise<RunningApi> {
  const actions: Readonly<Record<string, (input: unknown) => Answer>> = {
    "ResourceGroupsTaggingAPI_20170126.GetResources": (input) => resources(input as GetResources),
    "CloudApiService.GetResource": (input) => resource(input as { TypeName: string; Identifier: string }),
    ListRoles: (input) => roles(cloudFolder, input as { Marker?: string }, pageSize),
    ListRoleTags: (input) => rolesTags(cloudFolder, input as { RoleName: string }),
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { action, input, isXml } = read(request.headers["x-amz-target"], await bodyOf(request));
    const answer = refuse?.(action, input) ?? actions[action]?.(input) ?? { status: 400, code: "UnknownOperationException", message: action };
    const status = isRefusal(answer) ? answer.status : 200;
    response.writeHead(status, { "content-type": isXml ? "text/xml" : "application/x-amz-json-1.1" });
    response.end(isXml ? asXml(answer) : asJson(answer));
  }

  function resources({ TagFilters = [], ResourcesPerPage = pageSize, PaginationToken }: GetResources): Answer {
    const tags = Object.fromEntries(TagFilters.map(({ Key, Values: [value] }) => [Key, value]));
    // Roles are not among what AWS lists by tags.
    const all = taggedWith(tags, cloudFolder).filter(({ arn }) => kindOf(arn)?.type !== "AWS::IAM::Role");
    const start = Number(PaginationToken || 0);
    const end = start + Math.min(pageSize, ResourcesPerPage);
    return {
      PaginationToken: end < all.length ? String(end) : "",
      ResourceTagMappingList: all.slice(start, end).map(({ arn, tags }) => ({
        ResourceARN: arn,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      })),
    };
  }

  function resource({ TypeName, Identifier }: { readonly TypeName: string; readonly Identifier: string }): Answer {
    const found = taggedWith({}, cloudFolder).some(({ arn, object }) => {
      const kind = kindOf(arn);
      return kind?.type === TypeName && kind.identifier === Identifier && object.retained === undefined;
    });
    if (!found) return { status: 400, code: "ResourceNotFoundException", message: `Resource of type '${TypeName}' with identifier '${Identifier}' was not found.` };
    return { TypeName, ResourceDescription: { Identifier, Properties: "{}" } };
  }
}

/** Services that speak JSON name the action in a header, the others in a form. */
function read(target: string | string[] | undefined, body: string): { action: string; input: unknown; isXml: boolean } {
  if (typeof target === "string") return { action: target, input: JSON.parse(body), isXml: false };
  const { Action = "", ...input } = Object.fromEntries(new URLSearchParams(body));
  return { action: Action, input, isXml: true };
}

function isRefusal(answer: Answer): answer is ApiError {
  return typeof answer === "object" && "code" in answer;
}

function asJson(answer: Answer): string {
  return JSON.stringify(isRefusal(answer) ? { __type: answer.code, message: answer.message } : answer);
}

function asXml(answer: Answer): string {
  if (typeof answer === "string") return answer;
  if (!isRefusal(answer)) throw new Error("this service answers in XML");
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${answer.code}</Code><Message>${answer.message}</Message></Error></ErrorResponse>`;
}
