import { expect } from "chai";

import * as tokens from "../../rehearsal/clouds/aws/tokens";
import type { Properties } from "../../rehearsal/provider/properties";
import { Account, attach, type Made, refusal, role, trust } from "./awsAccount";

describe("roles of the simulated IAM", () => {
  let account: Account;

  beforeEach(async () => {
    account = await Account.open();
  });
  afterEach(() => account.close());

  it("have a name once and a trust policy that names who", async () => {
    await role(account, "pods", trust("pods.eks.amazonaws.com"));
    expect(await refusal(role(account, "pods", trust("ec2.amazonaws.com")))).to.equal("EntityAlreadyExists: Role with name pods already exists.");
    expect(await refusal(role(account, "nobody", JSON.stringify({ Statement: [{ Effect: "Allow", Action: "sts:AssumeRole" }] })))).to.contain("must contain a Principal");
    expect(await refusal(role(account, "text", "everybody"))).to.contain("invalid JSON policy");
  });

  it("get a name of 64 characters at most where the program gives none", async () => {
    const named = (length: number): Promise<Made> => account.make(tokens.ROLE, "r".repeat(length), { assumeRolePolicy: trust("ec2.amazonaws.com") });
    expect((await named(56)).id).to.have.length(64).and.match(/-[0-9a-f]{7}$/);
    expect(await refusal(named(57)), "the provider never cuts a name").to.contain("plus 7 random chars is longer than maximum length 64");
  });

  it("stay while a policy is attached or inside", async () => {
    const pods = await role(account, "pods", trust("pods.eks.amazonaws.com"));
    const attached = await attach(account, pods, "CloudWatchAgentServerPolicy");
    const inside = await account.make(tokens.ROLE_POLICY, "inside", { role: pods.id, policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] }) });
    expect(await refusal(account.remove(pods))).to.equal("DeleteConflict: Cannot delete entity, must detach all policies first.");
    await account.remove(attached);
    expect(await refusal(account.remove(pods))).to.equal("DeleteConflict: Cannot delete entity, must delete policies first.");
    await account.remove(inside);
    await account.remove(pods);
  });

  it("take the vendor's policies by their right names, and our own that exist", async () => {
    const pods = await role(account, "pods", trust("pods.eks.amazonaws.com"));
    expect(await refusal(attach(account, pods, "AmazonEKSClusterPolicyy"))).to.contain("does not exist or is not attachable");
    expect(await refusal(account.make(tokens.ROLE_POLICY_ATTACHMENT, "own", { role: pods.id, policyArn: "arn:aws:iam::123456789012:policy/none" }))).to.contain("NoSuchEntity");
    expect(await refusal(account.make(tokens.ROLE_POLICY_ATTACHMENT, "lost", { role: "none", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }))).to.contain("The role with name none cannot be found");
    const own = await account.make(tokens.POLICY, "own", { name: "own", policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] }) });
    const attached = await account.make(tokens.ROLE_POLICY_ATTACHMENT, "own", { role: pods.id, policyArn: own.id });
    expect(await refusal(account.remove(own))).to.contain("Cannot delete a policy attached to entities");
    await account.remove(attached);
    await account.remove(own);
  });

  it("take ten policies", async () => {
    const pods = await role(account, "pods", trust("pods.eks.amazonaws.com"));
    for (let index = 0; index < 10; index++) await attach(account, pods, `Vendor${index}`);
    expect(await refusal(attach(account, pods, "Vendor10"))).to.equal("LimitExceeded: Cannot exceed quota for PoliciesPerRole: 10");
  });

  it("are seen by other services after ten seconds", async () => {
    const start = await account.now();
    const backups = await role(account, "backups", trust("backup.amazonaws.com"));
    await account.make(tokens.BACKUP_VAULT, "vault", { name: "vault" });
    const plan = await account.make(tokens.BACKUP_PLAN, "plan", { rules: [{ ruleName: "daily", targetVaultName: "vault" }] });
    await account.make(tokens.BACKUP_SELECTION, "all", { planId: plan.id, iamRoleArn: backups.outputs.arn });
    expect((await account.now()) - start).to.be.at.least(10 / 60);
  });
});

describe("keys of the simulated KMS", () => {
  let account: Account;

  beforeEach(async () => {
    account = await Account.open();
  });
  afterEach(() => account.close());

  const statement = (Principal: Properties, Action: string): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action, Resource: "*" }] });
  const root = { AWS: "arn:aws:iam::123456789012:root" };

  it("wait for their deletion, kept", async () => {
    const key = await account.make(tokens.KMS_KEY, "data", { deletionWindowInDays: 14 });
    await account.remove(key);
    expect(account.live(tokens.KMS_KEY)).to.deep.equal([]);
    expect(account.retained().map(({ id, retained }) => [id, retained])).to.deep.equal([[key.id, "pending deletion for 14 days; can be restored until then"]]);
  });

  it("wait for 7 to 30 days", async () => {
    expect(await refusal(account.make(tokens.KMS_KEY, "hasty", { deletionWindowInDays: 1 }))).to.contain("in the range (7 - 30)");
    await account.make(tokens.KMS_KEY, "patient", { deletionWindowInDays: 7 });
  });

  it("never lock everybody out", async () => {
    const service = { Service: "logs.eu-central-1.amazonaws.com" };
    expect(await refusal(account.make(tokens.KMS_KEY, "locked", { policy: statement(service, "kms:*") }))).to.contain("will not allow you to update the key policy");
    expect(await refusal(account.make(tokens.KMS_KEY, "weak", { policy: statement(root, "kms:Decrypt") }))).to.contain("will not allow you to update the key policy");
    await account.make(tokens.KMS_KEY, "open", { policy: statement(root, "kms:*") });
  });

  it("name only roles that exist", async () => {
    const policy = statement({ AWS: [root.AWS, "arn:aws:iam::123456789012:role/pods"] }, "kms:*");
    expect(await refusal(account.make(tokens.KMS_KEY, "early", { policy }))).to.contain("invalid principals");
    await role(account, "pods", trust("pods.eks.amazonaws.com"));
    await account.make(tokens.KMS_KEY, "late", { policy });
  });

  it("have aliases below alias/, made so where the program gives none", async () => {
    const key = await account.make(tokens.KMS_KEY, "data", {});
    const made = await account.make(tokens.KMS_ALIAS, "data", { targetKeyId: key.id });
    expect(made.id).to.match(/^alias\/data-[0-9a-f]{7}$/);
    expect(made.outputs.targetKeyArn).to.equal(key.outputs.arn);
    expect(await refusal(account.make(tokens.KMS_ALIAS, "bare", { name: "data", targetKeyId: key.id }))).to.contain("alias/");
    expect(await refusal(account.make(tokens.KMS_ALIAS, "vendor", { name: "alias/aws/data", targetKeyId: key.id }))).to.contain("the vendor's own");
    expect(await refusal(account.make(tokens.KMS_ALIAS, "lost", { targetKeyId: "none" }))).to.contain("NotFoundException");
    expect(await refusal(account.make(tokens.KMS_ALIAS, "again", { name: made.id, targetKeyId: key.id }))).to.contain("AlreadyExistsException");
    expect((await account.change(made, { name: undefined })).inputs.name, "an automatic name stays").to.equal(made.id);
  });
});

describe("secrets of the simulated Secrets Manager", () => {
  let account: Account;

  beforeEach(async () => {
    account = await Account.open();
  });
  afterEach(() => account.close());

  const make = (more: Properties = {}): Promise<Made> => account.make(tokens.SECRET, "pepper", { name: "moodle/pepper", ...more });

  it("keep their name for the recovery window", async () => {
    await account.remove(await make());
    expect(account.retained().map(({ retained }) => retained)).to.deep.equal(["scheduled for deletion in 30 days; its name is taken until then"]);
    expect(await refusal(make())).to.contain("a secret with this name is already scheduled for deletion");
  });

  it("free their name at once without a window", async () => {
    await account.remove(await make({ recoveryWindowInDays: 0 }));
    expect(account.retained()).to.deep.equal([]);
    await make();
    expect(await refusal(account.make(tokens.SECRET, "twin", { name: "moodle/pepper" }))).to.contain("ResourceExistsException");
  });

  it("wait for 7 to 30 days or not at all", async () => {
    expect(await refusal(make({ recoveryWindowInDays: 3 }))).to.contain("0 or in the range (7 - 30)");
  });

  it("must be there before their value, which has a limit", async () => {
    expect(await refusal(account.make(tokens.SECRET_VERSION, "lost", { secretId: "none", secretString: "x" }))).to.contain("can't find the specified secret");
    const secret = await make();
    expect(await refusal(account.make(tokens.SECRET_VERSION, "long", { secretId: secret.id, secretString: "x".repeat(65_537) }))).to.contain("65536 bytes");
    const version = await account.make(tokens.SECRET_VERSION, "value", { secretId: secret.id, secretString: "x" });
    expect(version.outputs.secretArn).to.equal(secret.id);
  });
});
