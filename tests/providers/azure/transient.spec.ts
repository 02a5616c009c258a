import { expect } from "chai";
import { passesOnAzure } from "../../../providers/azure/transient";

describe("what Azure refuses for a while only", () => {
  const passing = [
    'Status=429 Code="TooManyRequests" Message="The request is being throttled as the limit has been reached for operation type - Read_ObservationWindow_00:05:00."',
    'Code="SubscriptionRequestsThrottled" Message="Number of requests exceeded the limit"',
    'Code="AnotherOperationInProgress" Message="Another operation on this or dependent resource is in progress."',
    'Code="RetryableError" Message="A retryable error occurred."',
    'Code="PrincipalNotFound" Message="Principal 1234 does not exist in the directory 5678."',
    "Code=\"AuthorizationFailed\" Message=\"The client does not have authorization to perform action. If access was recently granted, please refresh your credentials.\"",
    'Code="LinkedAuthorizationFailed" Message="The client has permission to perform action on scope; however, it does not have permission to perform action on the linked scope"',
    'Code="ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity" Message="Too many Federated Identity Credentials are written concurrently"',
    'Code="InUseSubnetCannotBeDeleted" Message="Subnet database is in use by …/serviceAssociationLinks/database-service-association-link and cannot be deleted."',
    'Code="ServerIsBusy" Message="Server is busy processing another operation."',
  ];
  const lasting = [
    'Code="InvalidParameterValue" Message="Invalid value given for parameter version."',
    'Code="StorageAccountAlreadyTaken" Message="The storage account named x is already taken."',
    'Code="VaultAlreadyExists" Message="The name is already in use, or is soft deleted."',
    'Code="InUseSubnetCannotBeDeleted" Message="Subnet is in use"',
    'Code="ScopeLocked" Message="The scope cannot perform delete operation because following scope(s) are locked"',
    'Code="SkuNotAvailable" Message="The requested VM size is not available"',
    'Code="QuotaExceeded" Message="Operation could not be completed as it results in exceeding approved quota."',
    'Code="AuthorizationFailed" Message="The client does not have authorization to perform action over scope."',
    "error reading from server: EOF",
  ];

  it("is throttling, what takes one change at a time, and what one service has not heard of another yet", () => {
    expect(passing.filter((refusal) => !passesOnAzure(refusal))).to.deep.equal([]);
  });

  it("is nothing else: a mistake repeated for minutes is told too late", () => {
    expect(lasting.filter(passesOnAzure)).to.deep.equal([]);
  });
});
