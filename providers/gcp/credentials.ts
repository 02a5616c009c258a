import { Config } from "@pulumi/pulumi";

/** How the stack's provider gets its credentials, as far as other tools must do the same. */
export interface StackCredentials {
  /** A service account the provider acts as. */
  readonly impersonate?: string;
  /** Keys by which it is given credentials that no other tool sees. */
  readonly hidden: readonly string[];
}

/** Keys of Google's provider that carry credentials themselves. */
export const hiddenKeys = ["credentials", "accessToken", "externalCredentials"] as const;

/** Reads the provider's own keys, that the default provider is configured by. */
export function stackCredentials(): StackCredentials {
  const config = new Config("gcp");
  const impersonate = config.get("impersonateServiceAccount");
  return {
    ...(impersonate !== undefined && { impersonate }),
    hidden: hiddenKeys.filter((key) => config.get(key) !== undefined).map((key) => `gcp:${key}`),
  };
}
