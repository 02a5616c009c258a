import { CloudError } from "../../provider/behaviour";

/** An answer of one of Google's interfaces, in the words of its client library. `reason` is the API's own word. */
export function answered(status: number, message: string, reason: string): CloudError {
  return new CloudError("", `googleapi: Error ${status}: ${message}, ${reason}`);
}

/** A refusal of the provider itself. */
export function refused(message: string): CloudError {
  return new CloudError("", message);
}

/** A name is taken in its place. */
export function taken(id: string): string {
  return `googleapi: Error 409: The resource '${id}' already exists, alreadyExists`;
}
