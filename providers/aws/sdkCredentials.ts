import { fromNodeProviderChain, fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import type { HoldingsScope } from "../contract";
import { assumedRoles } from "./credentials";

/** Other ways in which the stack's own provider can be somebody. Where one is set, we would ask as somebody else. */
const others = ["accessKey", "secretKey", "token", "assumeRoleWithWebIdentity", "sharedConfigFiles", "sharedCredentialsFiles"];

/** Credentials as the stack's provider has them: by `aws:profile` or else the environment, then by each of `aws:assumeRoles`. */
export function sdkCredentials({ region, providerConfig }: HoldingsScope): ReturnType<typeof fromNodeProviderChain> {
  const given = others.map((key) => `aws:${key}`).filter((key) => key in providerConfig);
  if (given.length > 0) {
    throw new Error(`the stack's provider gets its credentials by ${given.join(" and ")}, which is not read here; use aws:profile, aws:assumeRoles or the environment`);
  }
  const profile = providerConfig["aws:profile"];
  const own = fromNodeProviderChain({ ...(typeof profile === "string" && { profile }), clientConfig: { region } });
  return assumedRoles(providerConfig["aws:assumeRoles"]).reduce(
    (masterCredentials, { roleArn, externalId, sessionName = "guard" }) =>
      fromTemporaryCredentials({
        masterCredentials,
        params: { RoleArn: roleArn, RoleSessionName: sessionName, ...(externalId !== undefined && { ExternalId: externalId }) },
        clientConfig: { region },
      }),
    own,
  );
}
