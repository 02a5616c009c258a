import { CloudError, type CloudObject, type Context } from "../../provider/behaviour";
import { flag, number, object, text } from "../../provider/properties";
import { nameProblems } from "../reference";
import { lastName, parentId, sameId } from "./arm";
import { assumed, replacedByName } from "./facts";
import { dropKept, parentOf, resource } from "./resource";
import * as tokens from "./tokens";
import { secretUpkeep, vaultUpkeep } from "./upkeep";

const DEFAULT_DAYS = 90;

export const vault = resource(tokens.VAULT, {
  latency: assumed("0:30", "0:15", "0:20"),
  forceNew: replacedByName(tokens.VAULT),
  check: (inputs) => {
    const days = number(inputs, "properties.softDeleteRetentionInDays");
    return [
      ...nameProblems(inputs, "vaultName", /^(?!.*--)[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/, "3 to 24 letters, digits and single -, beginning with a letter, ending with a letter or digit"),
      ...(days === undefined || (days >= 7 && days <= 90) ? [] : [{ property: "properties.softDeleteRetentionInDays", reason: `BadRequest: Deleted vaults are kept for 7 to 90 days, not ${days}.` }]),
      ...(flag(inputs, "properties.enablePurgeProtection") === false ? [{ property: "properties.enablePurgeProtection", reason: 'BadRequest: The property "enablePurgeProtection" cannot be set to false. Leave it out, or enable it for good.' }] : []),
    ];
  },
  // A name is one for the whole world, and a deleted vault still has it.
  uniqueBy: (inputs) => (text(inputs, "vaultName") ?? "").toLowerCase(),
  alreadyExists: takenVault,
  outputs: (inputs, context) => ({
    properties: {
      enableSoftDelete: true,
      softDeleteRetentionInDays: DEFAULT_DAYS,
      ...object(inputs, "properties"),
      vaultUri: `https://${lastName(context.id)}.vault.azure.net/`,
      provisioningState: "Succeeded",
    },
  }),
  decides: ["properties.vaultUri", "properties.provisioningState"],
  beforeUpdate: (inputs, olds) => {
    if (flag(olds, "properties.enablePurgeProtection") === true && flag(inputs, "properties.enablePurgeProtection") !== true) {
      throw new CloudError("BadRequest", 'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.');
    }
    const [from, to] = [olds, inputs].map((each) => number(each, "properties.softDeleteRetentionInDays") ?? DEFAULT_DAYS);
    if (from !== to) throw new CloudError("BadRequest", `The property "softDeleteRetentionInDays" has been set already and it can't be modified: ${from} to ${to}.`);
  },
  retainedOnDelete: (gone) => [awaitingDeletion(gone)],
  afterDelete: dropKept,
});

function takenVault(key: string, context: Context): string {
  const kept = context.objects.ofType(tokens.VAULT).some(({ retained, uniqueKey }) => retained !== undefined && uniqueKey === key);
  if (!kept) return `VaultAlreadyExists: The vault name '${key}' is already in use. Vault names are globally unique so it is possible that the name is already taken.`;
  return `ConflictError: A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault: ${key}.`;
}

function awaitingDeletion(gone: CloudObject) {
  const days = number(gone.outputs, "properties.softDeleteRetentionInDays") ?? DEFAULT_DAYS;
  const isProtected = flag(gone.outputs, "properties.enablePurgeProtection") === true;
  const reason = `deleted vault ${lastName(gone.id)} with the secrets in it: it can be recovered for ${days} days, and its name stays taken as long`;
  return { id: gone.id, type: gone.type, name: gone.name, reason, upkeep: vaultUpkeep(gone, days, !isProtected) };
}

/**
 * Written through Azure's management, whose caller needs no role in the vault; deleted in the vault itself, where its name then
 * stays taken. pulumi-azure-native v3, provider/pkg/resources/customresources/custom_keyvault.go
 */
export const secret = resource(tokens.SECRET, {
  latency: assumed("0:03", "0:03", "0:05"),
  forceNew: replacedByName(tokens.SECRET),
  check: (inputs) => nameProblems(inputs, "secretName", /^[a-zA-Z0-9-]{1,127}$/, "1 to 127 letters, digits and -"),
  alreadyExists: (key, context) => {
    const kept = context.objects.ofType(tokens.SECRET).some(({ id, retained }) => retained !== undefined && sameId(id, key));
    if (!kept) return `cannot create already existing resource '${key}'`;
    return `Conflict: Secret ${lastName(key)} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged.`;
  },
  outputs: (inputs, context) => ({
    properties: {
      ...object(inputs, "properties"),
      secretUri: `https://${text(inputs, "vaultName")}.vault.azure.net/secrets/${lastName(context.id)}`,
      secretUriWithVersion: `https://${text(inputs, "vaultName")}.vault.azure.net/secrets/${lastName(context.id)}/${context.random.for(`version ${context.timestamp}`).hex(32)}`,
    },
  }),
  decides: ["properties.secretUri", "properties.secretUriWithVersion"],
  retainedOnDelete: (gone, context) => {
    const days = number(parentOf(context, tokens.VAULT, gone.id)?.outputs, "properties.softDeleteRetentionInDays") ?? DEFAULT_DAYS;
    return [{ id: gone.id, type: gone.type, name: gone.name, reason: deletedSecret(gone.id, days), upkeep: secretUpkeep(gone, days) }];
  },
});

/** What people find of a secret that was deleted. */
export function deletedSecret(id: string, days: number): string {
  return `deleted secret ${lastName(id)} of the vault ${lastName(parentId(id))}: it can be recovered for ${days} days, and its name stays taken as long`;
}
