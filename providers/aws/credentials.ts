import { Config } from "@pulumi/pulumi";

/** How the AWS provider of the stack gets its credentials, as far as other tools must do the same. */
export interface StackCredentials {
  readonly profile?: string;
  /** Roles assumed one after the other, by ARN. */
  readonly roles: readonly string[];
}

/** One of `aws:assumeRoles`, as far as it says who. */
export interface AssumedRole {
  readonly roleArn: string;
  readonly externalId?: string;
  readonly sessionName?: string;
}

/** Reads the AWS provider's own keys, `aws:profile` and `aws:assumeRoles`, that the default provider is configured by. */
export function stackCredentials(): StackCredentials {
  const config = new Config("aws");
  return {
    profile: config.get("profile"),
    roles: assumedRoles(config.getObject("assumeRoles")).map(({ roleArn }) => roleArn),
  };
}

/** @returns the roles that a value of `aws:assumeRoles` names. */
export function assumedRoles(value: unknown): readonly AssumedRole[] {
  return ((value ?? []) as readonly Partial<AssumedRole>[]).flatMap(({ roleArn, ...rest }) => (roleArn === undefined ? [] : [{ roleArn, ...rest }]));
}
