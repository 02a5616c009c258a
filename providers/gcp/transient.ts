/** How Google says that there were too many requests, or that it is not itself: https://cloud.google.com/apis/design/errors */
const throttled = [
  /rateLimitExceeded/i,
  /RATE_LIMIT_EXCEEDED/,
  /Quota exceeded for quota metric .*per (minute|100 seconds)/i,
  /Error 429\b/,
  /Error 503\b/,
  /backendError/,
  /The service is currently unavailable/i,
];

/**
 * A service that was switched on a moment ago is not on everywhere, https://cloud.google.com/service-usage/docs/enable-disable#enabling;
 * and neither is what IAM has just made or granted, https://cloud.google.com/iam/docs/access-change-propagation
 */
const notKnownYet = [
  /has not been used in project .* before or it is disabled/i,
  /SERVICE_DISABLED/,
  /accessNotConfigured/,
  /Service account .* does not exist/i,
  /Unknown service account/i,
  /Identity Pool does not exist/i,
  /Failed to find service account/i,
];

/** What takes one change at a time: a project's policy, a network's peerings, a Cloud SQL instance. */
const busy = [
  /There were concurrent policy changes/i,
  /operationInProgress/i,
  /Operation failed because another operation was already in progress/i,
  /There is a peering operation in progress/i,
  /resourceNotReady/,
];

/** @returns whether Google accepts the same request a little later. */
export function passesOnGcp(refusal: string): boolean {
  return [...throttled, ...notKnownYet, ...busy].some((text) => text.test(refusal));
}
