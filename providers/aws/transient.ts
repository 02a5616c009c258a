/** How AWS says that there were too many requests: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
const throttled = [
  /Throttl/,
  /Rate exceeded/i,
  /RequestLimitExceeded/,
  /TooManyRequests/,
  /SlowDown/,
  /EC2ThrottledException/,
  /PriorRequestNotComplete/,
  /BandwidthLimitExceeded/,
  /ServiceUnavailable/,
];

/**
 * How services say that they do not know yet what IAM or another service has just made: IAM is eventually consistent,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventually-consistent
 */
const notKnownYet = [
  /cannot be assumed by/i,
  /Unable to assume given IAM role/i,
  /Role provided in the request does not exist/i,
  /role .*(does not exist|is invalid or does not (have|include))/i,
  /IAM role ARN value is invalid or does not include the required permissions/i,
  /Invalid principal in policy/i,
  /is not authorized to perform: (iam:PassRole|sts:AssumeRole)/i,
];

/** S3 takes one change of a bucket at a time. */
const busy = [/OperationAborted/, /A conflicting conditional operation is currently in progress/i];

/** @returns whether AWS accepts the same request a little later. */
export function passesOnAws(refusal: string): boolean {
  return [...throttled, ...notKnownYet, ...busy].some((text) => text.test(refusal));
}
