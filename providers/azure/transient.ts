/** How Azure says that there were too many requests, or too many at a time: https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/request-limits-and-throttling */
const throttled = [/TooManyRequests/, /Code="?429/, /SubscriptionRequestsThrottled/, /ResourceCollectionRequestsThrottled/, /OperationNotAllowed.*too many requests/i, /ServerTimeout/, /ServiceUnavailable/];

/** How services say that they do not know yet what Entra ID or another service has just made. */
const notKnownYet = [
  /PrincipalNotFound/,
  /does not exist in the directory/i,
  /LinkedAuthorizationFailed/,
  /AuthorizationFailed.*If access was recently granted/is,
  /does not have permission to perform action .*Microsoft\.Network\/virtualNetworks\/subnets/is,
  /does not have access to the resource in Azure\. Update role assignment/i,
  /UserErrorInsufficientPermissions|missing the required permissions/i,
  /ForbiddenByRbac/,
];

/** Networks, servers, accounts and identities take one change at a time. */
const busy = [
  /AnotherOperationInProgress/,
  /RetryableError/,
  /ReferencedResourceNotProvisioned/,
  /is not in Succeeded state/,
  /ServerIsBusy/,
  /StorageAccountOperationInProgress/,
  /ConcurrentFederatedIdentityCredentialsWrites/,
];

/** A database holds its subnet for some minutes after it was deleted. */
const leaving = [/InUseSubnetCannotBeDeleted.*serviceAssociationLinks/is];

/** @returns whether Azure accepts the same request a little later. */
export function passesOnAzure(refusal: string): boolean {
  return [...throttled, ...notKnownYet, ...busy, ...leaving].some((text) => text.test(refusal));
}
