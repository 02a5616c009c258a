const segment = "[^/@\\s]+";
const inGroup = `/subscriptions/[0-9a-f-]{36}/resourceGroups/${segment}/providers`;

/** @returns a server and a time of it, as `<ID of the server>@<time>`; undefined: it is none. */
export function pointInTime(text: string): { readonly server: string; readonly time: string } | undefined {
  const [, server, time] = new RegExp(`^(${inGroup}/Microsoft\\.DBforPostgreSQL/flexibleServers/${segment})@(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z)$`, "i").exec(text) ?? [];
  return server === undefined || time === undefined || Number.isNaN(Date.parse(time)) ? undefined : { server, time };
}

/** A container of an account, and the account. */
export interface ContainerReference {
  readonly accountId: string;
  readonly account: string;
  readonly container: string;
}

/** @returns what the ID of a container says; undefined: it is none. */
export function containerIn(id: string): ContainerReference | undefined {
  const [, accountId, account, container] =
    new RegExp(`^(${inGroup}/Microsoft\\.Storage/storageAccounts/([a-z0-9]{3,24}))/blobServices/default/containers/([a-z0-9-]{3,63})$`, "i").exec(id) ?? [];
  if (accountId === undefined || account === undefined || container === undefined) return undefined;
  return { accountId, account, container };
}

export function isSnapshot(id: string): boolean {
  return new RegExp(`^${inGroup}/Microsoft\\.Compute/snapshots/${segment}$`, "i").test(id);
}

/** A public zone of names, and the group it is in. */
export interface ZoneReference {
  readonly subscription: string;
  readonly group: string;
  readonly zone: string;
}

/** @returns what the ID of a zone says; undefined: it is none. */
export function zoneIn(id: string): ZoneReference | undefined {
  const [, subscription, group, zone] =
    /^\/subscriptions\/([0-9a-f-]{36})\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Network\/dnszones\/([a-z0-9.-]+)$/i.exec(id) ?? [];
  if (subscription === undefined || group === undefined || zone === undefined) return undefined;
  return { subscription, group, zone };
}
