import { expect } from "chai";
import type { Holding } from "../../providers/contract";
import { awsProvider } from "../../providers/aws";
import { startApi, type ApiOptions } from "../../rehearsal/clouds/aws/api";
import { holdingsOf } from "../../rehearsal/clouds/aws/holdings";
import * as tokens from "../../rehearsal/clouds/aws/tokens";
import { Account, refusal, trust } from "./awsAccount";

const tags = { application: "moodle", stack: "test" };
const region = "eu-central-1";

// The libraries of AWS against answers of ours, in the form AWS documents. That AWS answers so is not proved.
describe("what the AWS adapter says an account holds", () => {
  let account: Account;
  const environment = { ...process.env };

  beforeEach(async () => {
    account = await Account.open({ region });
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: "made-up", AWS_SECRET_ACCESS_KEY: "made-up" });
  });
  afterEach(() => {
    account.close();
    process.env = { ...environment };
  });

  async function holdings(options: ApiOptions = {}, known: (name: string) => boolean = () => false, providerConfig = {}): Promise<readonly Holding[]> {
    const api = await startApi(account.folder, options);
    process.env.AWS_ENDPOINT_URL = api.url;
    try {
      return await awsProvider.holdings({ region, name: "moodle", tags, providerConfig, known });
    } finally {
      await api.stop();
    }
  }

  const topic = (name: string, own: Readonly<Record<string, string>> = tags) => account.make(tokens.TOPIC, name, { name, tags: own });
  const role = (name: string, own: Readonly<Record<string, string>> = tags) =>
    account.make(tokens.ROLE, name, { name, assumeRolePolicy: trust("ec2.amazonaws.com"), tags: own });

  it("is what carries all of the stack's tags, roles too", async () => {
    const [alarms, nodes] = [await topic("moodle-alarms", { ...tags, Name: "moodle-alarms" }), await role("moodle-nodes")];
    await topic("moodle-other", { ...tags, stack: "other" });
    await topic("bare", {});
    await role("moodle-stranger", { ...tags, stack: "other" });
    await role("somebody");

    expect(await holdings()).to.deep.equal([
      { id: alarms.id, what: "AWS::SNS::Topic", logicalName: "moodle-alarms", names: [alarms.id] },
      { id: nodes.outputs.arn, what: "AWS::IAM::Role", names: [nodes.outputs.arn] },
    ]);
  });

  it("is nothing in an empty account", async () => {
    expect(await holdings()).to.deep.equal([]);
  });

  it("is read to the last page", async () => {
    for (let number = 1; number <= 5; number++) {
      await topic(`moodle-${number}`);
      await role(`moodle-${number}`);
    }

    expect(await holdings({ pageSize: 2 })).to.have.length(10);
  });

  it("leaves out a key and a secret that wait for their deletion", async () => {
    const key = await account.make(tokens.KMS_KEY, "data", { tags });
    const secret = await account.make(tokens.SECRET, "copy", { name: "copy", tags });
    expect((await holdings()).map(({ what }) => what)).to.have.members(["AWS::KMS::Key", "AWS::SecretsManager::Secret"]);

    await account.remove(key);
    await account.remove(secret);

    expect(account.retained()).to.have.length(2);
    expect(await holdings()).to.deep.equal([]);
  });

  it("counts what is listed as there where the registry does not tell", async () => {
    await topic("moodle-alarms");

    const found = await holdings({ refuse: (action) => (action === "CloudApiService.GetResource" ? denied : undefined) });

    expect(found).to.have.length(1);
  });

  it("is asked about once more only where the state does not know it", async () => {
    const known = await topic("moodle-known");
    await topic("moodle-unknown");
    const asked: string[] = [];

    await holdings({ refuse: (action) => void asked.push(action) }, (name) => name === known.id);

    expect(asked.filter((action) => action === "CloudApiService.GetResource")).to.have.length(1);
  });

  it("comes through when AWS asks to call less often", async () => {
    await topic("moodle-alarms");
    let refused = 0;

    const found = await holdings({
      refuse: (action) => (action.endsWith("GetResources") && refused++ < 3 ? { status: 400, code: "ThrottledException", message: "Rate exceeded" } : undefined),
    });

    expect([found.length, refused]).to.deep.equal([1, 4]);
  });

  for (const action of ["ResourceGroupsTaggingAPI_20170126.GetResources", "ListRoles"]) {
    it(`is no answer, and never nothing, where ${action} is denied`, async () => {
      const message = await refusal(holdings({ refuse: (asked) => (asked === action ? denied : undefined) }));

      expect(message).to.match(/^AWS did not say what it holds in eu-central-1: .*AccessDenied.*not authorized/);
      expect(message).to.contain("it needs tag:GetResources, iam:ListRoles, iam:ListRoleTags, cloudformation:GetResource.");
    });
  }

  it("is no answer without credentials, or with those of a profile that is not there", async () => {
    delete process.env.AWS_ACCESS_KEY_ID;
    Object.assign(process.env, { AWS_EC2_METADATA_DISABLED: "true", AWS_CONFIG_FILE: "/nowhere", AWS_SHARED_CREDENTIALS_FILE: "/nowhere" });

    expect(await refusal(holdings())).to.match(/^AWS did not say what it holds in eu-central-1: CredentialsProviderError/);
    expect(await refusal(holdings({}, undefined, { "aws:profile": "deployer" }))).to.match(/: CredentialsProviderError/);
  });

  it("is asked as the role that the stack's provider takes on", async () => {
    const taken: unknown[] = [];
    const refuse: ApiOptions["refuse"] = (action, input) => {
      if (action !== "AssumeRole") return undefined;
      taken.push(input);
      return denied;
    };
    const assumeRoles = [{ roleArn: "arn:aws:iam::123456789012:role/deployer", externalId: "platform" }];

    expect(await refusal(holdings({ refuse }, undefined, { "aws:assumeRoles": assumeRoles }))).to.contain("AccessDenied");
    expect(taken[0]).to.include({ RoleArn: "arn:aws:iam::123456789012:role/deployer", ExternalId: "platform", RoleSessionName: "guard" });
  });

  it("is no answer as somebody else than the stack's provider is", async () => {
    expect(await refusal(holdings({}, undefined, { "aws:accessKey": undefined }))).to.contain("the stack's provider gets its credentials by aws:accessKey");
  });

  it("is the same when read from the simulated cloud at once", async () => {
    await topic("moodle-alarms", { ...tags, Name: "moodle-alarms" });
    await role("moodle-nodes");
    await account.remove(await account.make(tokens.KMS_KEY, "data", { tags }));

    expect(holdingsOf(account.folder, tags)).to.have.deep.members([...(await holdings())]);
  });
});

const denied = { status: 400, code: "AccessDeniedException", message: "User is not authorized to perform this action" };
