import * as grpc from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";

import { isList, isObject, type Properties, type Value } from "./properties";
import { MASK, send, type Received, type SecretPaths } from "./wire";

/** The object exists but is not ready: the engine keeps it in its state and updates it at the next `up`. */
export class PartialFailure extends Error {
  constructor(
    readonly id: string,
    readonly outputs: Properties,
    readonly inputs: Properties,
    readonly secrets: { readonly outputs: SecretPaths; readonly inputs: SecretPaths },
    readonly reasons: readonly string[],
  ) {
    super(reasons.join("; "));
    this.name = "PartialFailure";
  }
}

/** What the engine is told. Every secret value of the request is taken out of the text. */
export function toServiceError(error: unknown, requests: readonly Received[]): grpc.ServiceError {
  const message = withoutSecrets(error instanceof Error ? error.message : String(error), requests);
  const metadata = error instanceof PartialFailure ? partialMetadata(error, message, requests) : new grpc.Metadata();
  const failure = new Error(message);
  return Object.assign(failure, { code: grpc.status.UNKNOWN, details: message, metadata });
}

/** The text with every secret value of the requests masked. Short values are left: they would mask ordinary words. */
export function withoutSecrets(text: string, requests: readonly Received[]): string {
  const long = [...new Set(requests.flatMap(secretTexts))].filter((value) => value.length >= 4);
  long.sort((one, other) => other.length - one.length);
  return long.reduce((masked, value) => masked.replaceAll(value, MASK), text);
}

function secretTexts({ value, secrets }: Received): readonly string[] {
  return [...secrets].flatMap((path) => leaves(valueAt(value, JSON.parse(path) as (string | number)[])));
}

function partialMetadata(error: PartialFailure, message: string, requests: readonly Received[]): grpc.Metadata {
  const detail = new ErrorResourceInitFailed();
  detail.setId(error.id);
  detail.setProperties(send(error.outputs, error.secrets.outputs));
  detail.setInputs(send(error.inputs, error.secrets.inputs));
  detail.setReasonsList(error.reasons.map((reason) => withoutSecrets(reason, requests)));
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(message);
  status.addDetails(packed);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return metadata;
}

function valueAt(value: Value | undefined, path: readonly (string | number)[]): Value | undefined {
  return path.reduce<Value | undefined>((current, step) => {
    if (typeof step === "number") return isList(current) ? current[step] : undefined;
    return isObject(current) ? current[step] : undefined;
  }, value);
}

function leaves(value: Value | undefined): readonly string[] {
  if (isList(value)) return value.flatMap(leaves);
  if (isObject(value)) return Object.values(value).flatMap(leaves);
  return typeof value === "string" ? [value] : [];
}
