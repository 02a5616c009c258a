import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { kubeconfigOf, type KubeconfigArgs } from "../../../providers/aws/kubeconfig";

const script = readFileSync(path.join(__dirname, "../../../providers/aws/eksToken.cjs"), "utf8");

const cluster = "moodle-production-cluster-1a2b3c4";

interface Kubeconfig {
  readonly clusters: readonly { readonly cluster: Readonly<Record<string, string>> }[];
  readonly users: readonly { readonly user: { readonly exec: { readonly command: string; readonly args: readonly string[] } } }[];
}

function kubeconfig(overrides: Partial<KubeconfigArgs> = {}): Kubeconfig {
  return JSON.parse(
    kubeconfigOf({
      name: cluster,
      endpoint: "https://cluster.example.edu",
      authority: "Q0E=",
      region: "eu-central-1",
      tool: "cli",
      credentials: { roles: [] },
      ...overrides,
    }),
  ) as Kubeconfig;
}

function execOf({ users }: Kubeconfig) {
  const [user] = users;
  if (user === undefined) throw new Error("the kubeconfig has no user");
  return user.user.exec;
}

describe("kubeconfig for EKS", () => {
  it("names the server and its authority", () => {
    expect(kubeconfig().clusters[0]?.cluster).to.deep.equal({
      server: "https://cluster.example.edu",
      "certificate-authority-data": "Q0E=",
    });
  });

  it("asks the AWS command line for a token", () => {
    const { command, args } = execOf(kubeconfig());
    expect([command, ...args].join(" ")).to.equal(
      `aws eks get-token --output json --region eu-central-1 --cluster-name ${cluster}`,
    );
  });

  it("asks as the stack's own profile and role", () => {
    const role = "arn:aws:iam::123456789012:role/deploy";
    const { args } = execOf(kubeconfig({ credentials: { profile: "university", roles: [role] } }));
    expect(args.join(" ")).to.contain(`--role-arn ${role} --profile university`);
  });

  it("carries a program instead of a path where no command line is wanted", () => {
    const { command, args } = execOf(kubeconfig({ tool: "environment" }));
    expect(command).to.equal("node");
    expect(args).to.deep.equal(["-e", script, cluster, "eu-central-1"]);
  });
});

describe("token for EKS", () => {
  const clock = `globalThis.Date = class extends Date { constructor(...given) { given.length ? super(...given) : super("2026-11-21T10:30:00.000Z"); } };`;
  const credentials = {
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  };

  function run(environment: Readonly<Record<string, string>>) {
    return spawnSync(process.execPath, ["-e", `${clock}\n${script}`, cluster, "eu-central-1"], {
      encoding: "utf8",
      env: environment,
    });
  }

  function tokenOf(stdout: string) {
    const { status, kind, apiVersion } = JSON.parse(stdout) as {
      kind: string;
      apiVersion: string;
      status: { token: string; expirationTimestamp: string };
    };
    const url = new URL(Buffer.from(status.token.replace(/^k8s-aws-v1\./, ""), "base64url").toString());
    return { status, kind, apiVersion, url };
  }

  // Signatures by botocore 1.44.5's RequestSigner.generate_presigned_url for the same credentials, cluster and second.
  const known = [
    {
      title: "permanent credentials",
      session: undefined,
      signature: "6a0265ac690141260422b8325cde38d2f2a1be5770bb7592eeb30133b8fa1736",
    },
    {
      title: "temporary credentials",
      session: "IQoJb3JpZ2luX2VjE/session+token==",
      signature: "7bd2a24446a6511e33bef1e4768f92abc2b832c0e01e669e4f59774372a97e18",
    },
  ];
  for (const { title, session, signature } of known) {
    it(`with ${title} is signed as AWS's own library signs it`, () => {
      const { stdout } = run({ ...credentials, ...(session && { AWS_SESSION_TOKEN: session }) });
      const { url } = tokenOf(stdout);
      expect(url.searchParams.get("X-Amz-Signature")).to.equal(signature);
      expect(url.searchParams.get("X-Amz-Security-Token")).to.equal(session ?? null);
    });
  }

  it("is what kubectl expects of a credential plugin, and ends before EKS's quarter of an hour", () => {
    const { stdout } = run(credentials);
    const { kind, apiVersion, status, url } = tokenOf(stdout);
    expect({ kind, apiVersion }).to.deep.equal({
      kind: "ExecCredential",
      apiVersion: "client.authentication.k8s.io/v1beta1",
    });
    expect(status.token).to.match(/^k8s-aws-v1\.[A-Za-z0-9_-]+$/);
    expect(status.expirationTimestamp).to.equal("2026-11-21T10:44:00Z");
    expect(url.host).to.equal("sts.eu-central-1.amazonaws.com");
    expect(url.searchParams.get("Action")).to.equal("GetCallerIdentity");
    expect(url.searchParams.get("X-Amz-Expires")).to.equal("60");
    expect(url.searchParams.get("X-Amz-SignedHeaders")).to.equal("host;x-k8s-aws-id");
  });

  it("is refused without credentials, naming the variables and no value", () => {
    const { status, stdout, stderr } = run({ AWS_SECRET_ACCESS_KEY: "hidden" });
    expect(status).to.equal(1);
    expect(stdout).to.equal("");
    expect(stderr).to.contain("AWS_ACCESS_KEY_ID").and.not.to.contain("hidden");
  });
});
