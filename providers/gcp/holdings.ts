import { GoogleAuth, Impersonated, type AuthClient } from "google-auth-library";
import type { Holding, HoldingsScope } from "../contract";
import { addressOf, holdingOf, type Asset } from "./assets";
import { hiddenKeys } from "./credentials";
import { labelValue } from "./names";
import { projectKey } from "./project";

const inventory = "https://cloudasset.googleapis.com/v1/";

const scopes = ["https://www.googleapis.com/auth/cloud-platform"];

/** What the caller must be allowed, beside looking at each thing that is found. */
const permission = "cloudasset.assets.searchAllResources";

/** Asks Google for a document. @returns undefined where there is none. */
export type Ask = (url: string) => Promise<unknown>;

interface Page {
  readonly results?: readonly Asset[];
  readonly nextPageToken?: string;
}

/**
 * What the inventory lists under the labels, without what is there no more: it hears of a deletion minutes later, so what the
 * state does not know is looked up once more. Networks, accounts and grants have no labels: they are not among it.
 */
export async function holdings(scope: HoldingsScope, ask?: Ask): Promise<readonly Holding[]> {
  const { known, providerConfig } = scope;
  const project = providerConfig[projectKey];
  try {
    if (typeof project !== "string") throw new Error(`${projectKey} is missing in the stack's config`);
    const asking = ask ?? (await signedIn(scope));
    const listed = await search(asking, project, scope);
    const there = await Promise.all(listed.map(async (each) => each.names.some(known) || (await asking(addressOf(each))) !== undefined));
    return listed.filter((_, index) => there[index]);
  } catch (error) {
    throw new Error(
      `Google Cloud did not say what it holds in ${String(project)}: ${error instanceof Error ? error.message : String(error)}\n` +
        `Give the guard the credentials the stack is deployed with; they need ${permission}.`,
      { cause: error },
    );
  }
}

async function search(ask: Ask, project: string, { tags }: HoldingsScope): Promise<Holding[]> {
  const query = Object.entries(tags)
    .map(([label, value]) => `labels.${label}=${labelValue(value)}`)
    .join(" AND ");
  const found: Holding[] = [];
  for (let token: string | undefined = ""; token !== undefined; ) {
    const parameters: string = new URLSearchParams({ query, pageSize: "500", ...(token !== "" && { pageToken: token }) }).toString();
    const page = (await ask(`${inventory}projects/${project}:searchAllResources?${parameters}`)) as Page;
    found.push(...(page.results ?? []).flatMap((asset) => holdingOf(asset, project) ?? []));
    token = page.nextPageToken === "" ? undefined : page.nextPageToken;
  }
  return found;
}

/** As whom the stack's provider is: by the environment, and then as `gcp:impersonateServiceAccount`. */
async function signedIn({ providerConfig }: HoldingsScope): Promise<Ask> {
  const hidden = hiddenKeys.map((key) => `gcp:${key}`).filter((key) => key in providerConfig);
  if (hidden.length > 0) {
    throw new Error(`the stack's provider gets its credentials by ${hidden.join(" and ")}, which is not read here; use the environment`);
  }
  const own = await new GoogleAuth({ scopes }).getClient();
  const target = providerConfig["gcp:impersonateServiceAccount"];
  const client: AuthClient =
    typeof target === "string" ? new Impersonated({ sourceClient: own, targetPrincipal: target, targetScopes: scopes, delegates: [] }) : own;
  return async (url) => {
    const { status, data, statusText } = await client.request({ url, validateStatus: () => true, retry: true });
    if (status === 404) return undefined;
    if (status >= 400) throw new Error(`${new URL(url).host} answered ${status} ${statusText}`);
    return data;
  };
}
