import { Config } from "@pulumi/pulumi";

/** How the AWS provider of the stack gets its credentials, as far as other tools must do the same. */
export interface StackCredentials {
  readonly profile?: string;
  /** Roles assumed one after the other, by ARN. */
  readonly roles: readonly string[];
}

/** Reads the AWS provider's own keys, `aws:profile` and `aws:assumeRoles`, that the default provider is configured by. */
export function stackCredentials(): StackCredentials {
  const config = new Config("aws");
  const roles = config.getObject<readonly { roleArn?: string }[]>("assumeRoles") ?? [];
  return {
    profile: config.get("profile"),
    roles: roles.flatMap(({ roleArn }) => (roleArn === undefined ? [] : [roleArn])),
  };
}
