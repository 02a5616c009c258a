import { type Behaviour, type CloudObject, type Context, type Retained } from "../../provider/behaviour";
import { type Properties, text } from "../../provider/properties";
import { momentary, replacedBy, replacedEverywhereBy } from "./facts";
import { locationOf, PROJECT_NUMBER } from "./place";
import { live, liveOf, located, nameOf, nameProblems, refersTo } from "./reference";
import { answered, taken } from "./refusals";
import * as tokens from "./tokens";

const NAME = /^[a-zA-Z0-9_-]{1,63}$/;
const RULE = "1 to 63 letters, digits, _ and -";

export const keyRing: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("kms/resource_kms_key_ring.go", ["location", "name"]),
  check: (inputs) => nameProblems(inputs, "name", NAME, RULE),
  ...located((inputs, context) => `locations/${locationOf(inputs, context)}/keyRings/${nameOf(inputs)}`),
  retainedOnDelete: (object) => [forEver(object, "a key ring can't be deleted")],
};

export const cryptoKey: Behaviour = {
  latency: momentary,
  forceNew: replacedEverywhereBy("kms/resource_kms_crypto_key.go", [
    ...["keyRing", "name", "cryptoKeyBackend", "destroyScheduledDuration", "importOnly", "purpose", "versionTemplate.protectionLevel"],
  ]),
  check: (inputs) => nameProblems(inputs, "name", NAME, RULE),
  beforeCreate: (inputs, context) => {
    const ring = text(inputs, "keyRing") ?? "";
    if (live(context, tokens.KEY_RING, ring) === undefined) throw answered(404, `KeyRing ${ring} not found.`, "notFound");
  },
  id: keyId,
  uniqueBy: keyId,
  alreadyExists: taken,
  outputs: (inputs) => ({ purpose: text(inputs, "purpose") ?? "ENCRYPT_DECRYPT", destroyScheduledDuration: text(inputs, "destroyScheduledDuration") ?? "2592000s", primaries: [] }),
  // The provider has the versions destroyed: what is encrypted with them can be read for 30 days more, if somebody restores them.
  retainedOnDelete: (object) => [forEver(object, "a key can't be deleted: its versions are destroyed, and it stays")],
};

function keyId(inputs: Properties): string {
  return `${text(inputs, "keyRing")}/cryptoKeys/${nameOf(inputs)}`;
}

// https://cloud.google.com/kms/docs/faq#cannot_delete
function forEver({ id, type, name }: CloudObject, why: string): Retained {
  return { id, type, name, reason: `${why}; its name is taken for ever`, upkeep: { monthly: { usd: 0, why: "no version of a key is active" }, remove: "nothing can be done: Google keeps it" } };
}

/**
 * @throws CloudError when a service can't encrypt with the key: it is not there, or nobody allowed the service's own account to.
 * @param domain of that account, `gcp-sa-cloud-sql.iam.gserviceaccount.com`
 */
export function usableKey(key: string | undefined, domain: string, context: Context): void {
  if (key === undefined) return;
  const found = live(context, tokens.CRYPTO_KEY, key);
  if (found === undefined) throw answered(404, `CryptoKey ${key} not found.`, "notFound");
  const agent = `serviceAccount:service-${PROJECT_NUMBER}@${domain}`;
  const grants = [tokens.CRYPTO_KEY_MEMBER, tokens.KEY_RING_MEMBER, tokens.PROJECT_MEMBER].flatMap((type) => liveOf(context, type));
  const mayUse = grants.some(({ outputs, status }) => status === "ready" && allows(outputs, found) && text(outputs, "member") === agent);
  if (mayUse) return;
  throw answered(403, `Cloud KMS error when using key ${key}: Permission 'cloudkms.cryptoKeyVersions.useToEncrypt' denied for ${agent.slice("serviceAccount:".length)} on resource '${key}' (or it may not exist).`, "forbidden");
}

function allows(outputs: Properties, key: CloudObject): boolean {
  if (text(outputs, "role") !== "roles/cloudkms.cryptoKeyEncrypterDecrypter") return false;
  const [one, ring] = [text(outputs, "cryptoKeyId"), text(outputs, "keyRingId")];
  return one !== undefined ? refersTo(one, key) : ring === undefined || ring === text(key.outputs, "keyRing");
}
