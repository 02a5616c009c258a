import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { expect } from "chai";
import { kubeconfigOf, type KubeconfigArgs } from "../../../providers/azure/kubeconfig";

const script = readFileSync(path.join(__dirname, "../../../providers/azure/aksToken.cjs"), "utf8");
const audience = "6dae42f8-4368-4678-94ff-3960e28e3630";

const issued = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: Q0E=
    server: https://moodle.hcp.westeurope.azmk8s.io:443
  name: moodle
users:
- name: clusterUser
  user:
    exec:
      command: kubelogin
      args: [get-token, --login, devicecode]
`;

function kubeconfig(overrides: Partial<KubeconfigArgs> = {}) {
  return JSON.parse(kubeconfigOf({ name: "moodle", issued, tool: "cli", credentials: { ownIdentity: [] }, ...overrides })) as {
    clusters: { cluster: Record<string, string> }[];
    users: { user: { exec: { command: string; args: string[] } } }[];
  };
}

const commandOf = ({ users }: ReturnType<typeof kubeconfig>) => users.map(({ user }) => [user.exec.command, ...user.exec.args]).flat();

describe("kubeconfig for AKS", () => {
  it("names the server and its authority", () => {
    expect(kubeconfig().clusters[0]?.cluster).to.deep.equal({
      server: "https://moodle.hcp.westeurope.azmk8s.io:443",
      "certificate-authority-data": "Q0E=",
    });
  });

  it("asks Azure's command line for a token, in the stack's tenant", () => {
    expect(commandOf(kubeconfig()).join(" ")).to.equal(`kubelogin get-token --login azurecli --server-id ${audience}`);
    const tenant = "00000000-0000-4000-8000-000000000002";
    expect(commandOf(kubeconfig({ credentials: { tenant, ownIdentity: [] } })).join(" ")).to.contain(`--tenant-id ${tenant}`);
  });

  it("carries a program instead of a path where no command line is wanted", () => {
    expect(commandOf(kubeconfig({ tool: "environment" }))).to.deep.equal(["node", "-e", script, audience]);
  });

  it("is refused where AKS left out what it needs", () => {
    expect(() => kubeconfig({ issued: "apiVersion: v1" })).to.throw("AKS gave a kubeconfig without server");
  });
});

describe("token for AKS", () => {
  interface Asked {
    readonly path: string;
    readonly body: URLSearchParams;
  }

  /** Runs the script against an Entra ID of our own. */
  async function run(environment: Readonly<Record<string, string>>, status = 200) {
    const asked: Asked[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (data: Buffer) => (body += data.toString()));
      request.on("end", () => {
        asked.push({ path: request.url ?? "", body: new URLSearchParams(body) });
        response.writeHead(status, { "content-type": "application/json" });
        response.end(request.url?.startsWith("/oidc") ? '{"value":"signed by the pipeline"}' : '{"access_token":"a token","expires_in":3600}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const env = Object.fromEntries(Object.entries({ AZURE_AUTHORITY_HOST: `${address}/`, ...environment }).map(([name, value]) => [name, value.replace("SERVER", address)]));
    try {
      const ended = await new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
        execFile(process.execPath, ["-e", script, audience], { env }, (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }));
      });
      return { ...ended, asked };
    } finally {
      server.close();
    }
  }

  const somebody = { ARM_CLIENT_ID: "client", ARM_TENANT_ID: "tenant" };

  it("is fetched with a secret, for the application that all clusters are", async () => {
    const { stdout, asked } = await run({ ...somebody, ARM_CLIENT_SECRET: "hidden" });
    expect(asked.map((each) => each.path)).to.deep.equal(["/tenant/oauth2/v2.0/token"]);
    expect(Object.fromEntries(asked[0]?.body ?? [])).to.deep.equal({
      grant_type: "client_credentials",
      client_id: "client",
      scope: `${audience}/.default`,
      client_secret: "hidden",
    });
    const { kind, apiVersion, status } = JSON.parse(stdout) as { kind: string; apiVersion: string; status: { token: string; expirationTimestamp: string } };
    expect({ kind, apiVersion, token: status.token }).to.deep.equal({ kind: "ExecCredential", apiVersion: "client.authentication.k8s.io/v1beta1", token: "a token" });
    expect(Date.parse(status.expirationTimestamp) - Date.now()).to.be.within(3_480_000, 3_541_000);
  });

  it("is fetched with what a pipeline signs of its job", async () => {
    const { asked } = await run({ ...somebody, ACTIONS_ID_TOKEN_REQUEST_URL: "SERVER/oidc?version=1", ACTIONS_ID_TOKEN_REQUEST_TOKEN: "bearer" });
    expect(asked.map((each) => each.path)).to.deep.equal(["/oidc?version=1&audience=api%3A%2F%2FAzureADTokenExchange", "/tenant/oauth2/v2.0/token"]);
    expect(asked[1]?.body.get("client_assertion")).to.equal("signed by the pipeline");
    expect((await run({ ...somebody, ARM_OIDC_TOKEN: "given" })).asked[0]?.body.get("client_assertion")).to.equal("given");
  });

  it("is refused without credentials, naming the variables and no value", async () => {
    const { code, stdout, stderr, asked } = await run({ ARM_CLIENT_SECRET: "hidden" });
    expect({ code, stdout, asked }).to.deep.equal({ code: 1, stdout: "", asked: [] });
    expect(stderr).to.contain("ARM_CLIENT_ID").and.not.to.contain("hidden");
  });

  it("says what Entra ID answered where that is no token, and not the secret", async () => {
    const { code, stdout, stderr } = await run({ ...somebody, ARM_CLIENT_SECRET: "hidden" }, 401);
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
    expect(stderr).to.contain("answered 401").and.not.to.contain("hidden");
  });
});
