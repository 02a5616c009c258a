import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId";
import { RandomPassword } from "@pulumi/random/randomPassword";
import type { Secrets } from "./moodle/values";

export interface SiteSecretsArgs {
  /** Whether losing them needs a person's consent. Off only by `moodle:allowDataLoss` for `keys`. */
  readonly protect: boolean;
  /** Password of the mail server's user, where there is one. */
  readonly mailPassword?: pulumi.Output<string>;
  /** Of the platform that this one restores; undefined: generated. */
  readonly encryptionKey?: pulumi.Output<string>;
  readonly passwordPeppers?: pulumi.Output<string>;
}

/** The site's own secrets by the names the chart knows them by. All secret. */
export type SiteSecretValues = {
  readonly [Key in keyof Pick<
    Secrets,
    "adminPassword" | "encryptionKey" | "passwordPeppers" | "upgradeKey" | "mailPassword"
  >]: pulumi.Output<string>;
};

/** What only this site knows. Losing the peppers locks everybody out; losing the key makes encrypted settings unreadable. */
export class SiteSecrets extends pulumi.ComponentResource {
  readonly values: SiteSecretValues;

  constructor(name: string, args: SiteSecretsArgs, opts: pulumi.ComponentResourceOptions) {
    super("moodle:platform:SiteSecrets", name, {}, opts);
    const child = { parent: this, protect: args.protect };

    const adminPassword = new RandomPassword(
      `${name}-admin-password`,
      // Moodle's default policy asks for one of each.
      { length: 24, minLower: 1, minUpper: 1, minNumeric: 1, minSpecial: 1, overrideSpecial: "-_.+" },
      child,
    );
    // libsodium takes exactly 32 bytes; of letters and digits they are 190 bits. RandomBytes would show them in its id.
    const encryptionKey = restored("encryption-key", args.encryptionKey) ?? generated("encryption-key");
    // 32 letters and digits are 190 bits; Moodle asks for 112.
    const passwordPeppers =
      restored("password-pepper", args.passwordPeppers) ?? pulumi.secret(pulumi.jsonStringify({ 1: generated("password-pepper") }));
    const upgradeKey = new RandomPassword(`${name}-upgrade-key`, { length: 32, special: false }, child);

    this.values = {
      adminPassword: adminPassword.result,
      encryptionKey,
      passwordPeppers,
      upgradeKey: upgradeKey.result,
      ...(args.mailPassword && { mailPassword: pulumi.secret(args.mailPassword) }),
    };
    this.registerOutputs({});

    function generated(role: string): pulumi.Output<string> {
      return new RandomPassword(`${name}-${role}`, { length: 32, special: false }, child).result;
    }

    /** Sealed: a protected resource that another value would replace, so that a preview refuses what would lock everybody out. */
    function restored(role: string, value: pulumi.Output<string> | undefined): pulumi.Output<string> | undefined {
      if (value === undefined) return undefined;
      new RandomId(`${name}-${role}-seal`, { byteLength: 4, keepers: { digest: pulumi.secret(value.apply(digest)) } }, child);
      return pulumi.secret(value);
    }
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
