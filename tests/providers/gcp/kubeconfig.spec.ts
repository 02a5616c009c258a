import { execFile } from "node:child_process";
import { generateKeyPairSync, verify } from "node:crypto";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { expect } from "chai";
import { kubeconfigOf, type KubeconfigArgs } from "../../../providers/gcp/kubeconfig";

const run = promisify(execFile);

interface Exec {
  readonly command: string;
  readonly args?: readonly string[];
  readonly env?: readonly object[];
}

function execOf(args: Partial<KubeconfigArgs>): Exec {
  const text = kubeconfigOf({ name: "site", address: { host: "gke.example.edu" }, tool: "cli", credentials: { hidden: [] }, ...args });
  return (JSON.parse(text) as { users: { user: { exec: Exec } }[] }).users[0]?.user.exec as Exec;
}

/** Runs the script as kubectl would. @returns what it prints, or says. */
async function token(env: Record<string, string>, impersonate?: string): Promise<{ printed?: unknown; said?: string }> {
  const { command, args = [] } = execOf({ tool: "environment", credentials: { hidden: [], ...(impersonate !== undefined && { impersonate }) } });
  expect(command).to.equal("node");
  try {
    const { stdout } = await run(process.execPath, [...args], { env });
    return { printed: (JSON.parse(stdout) as { status: object }).status };
  } catch (error) {
    return { said: (error as { stderr: string }).stderr.trim() };
  }
}

describe("the kubeconfig of a GKE cluster", () => {
  it("holds no token and no authority where the endpoint's is known everywhere", () => {
    const text = kubeconfigOf({ name: "site", address: { host: "gke.example.edu" }, tool: "cli", credentials: { hidden: [] } });
    expect(text).not.to.match(/token|certificate-authority/);
    expect(execOf({})).to.include({ command: "gke-gcloud-auth-plugin" });
  });

  it("makes the command line act as the provider does", () => {
    expect(execOf({ credentials: { hidden: [], impersonate: "deploy@p.iam.gserviceaccount.com" } }).env).to.deep.equal([
      { name: "CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT", value: "deploy@p.iam.gserviceaccount.com" },
    ]);
  });

  it("takes a token of the environment as it is", async () => {
    expect(await token({ GOOGLE_OAUTH_ACCESS_TOKEN: "ya29.example" })).to.deep.equal({ printed: { token: "ya29.example" } });
  });

  it("says what is missing where the environment has nothing", async () => {
    expect((await token({})).said).to.equal(
      "cluster.credentials is environment, but none of GOOGLE_OAUTH_ACCESS_TOKEN, GOOGLE_CREDENTIALS and GOOGLE_APPLICATION_CREDENTIALS is set",
    );
  });

  it("says so where a person's own login is given", async () => {
    expect((await token({ GOOGLE_CREDENTIALS: '{"type":"authorized_user"}' })).said).to.equal(
      "credentials of the type authorized_user are not read here; use cluster.credentials: cli",
    );
  });

  describe("in a pipeline", () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const asked: { path: string; body: Record<string, unknown>; authorization?: string }[] = [];
    const server = http.createServer((request, response) => {
      let text = "";
      request.on("data", (chunk: Buffer) => (text += chunk.toString()));
      request.on("end", () => {
        const { url = "", headers } = request;
        asked.push({ path: url, body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>), authorization: headers.authorization });
        response.end(url === "/subject" ? '{"value":"of the pipeline"}' : JSON.stringify({ access_token: "exchanged", accessToken: "impersonated" }));
      });
    });
    let base = "";
    before((done) => {
      server.listen(0, "127.0.0.1", () => {
        base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        done();
      });
    });
    beforeEach(() => void asked.splice(0));
    after((done) => void server.close(done));

    it("signs with a service account's key", async () => {
      const key = { type: "service_account", client_email: "deploy@p", private_key_id: "1", private_key: privateKey.export({ type: "pkcs8", format: "pem" }), token_uri: `${base}/token` };

      expect(await token({ GOOGLE_CREDENTIALS: JSON.stringify(key) })).to.deep.equal({ printed: { token: "exchanged" } });

      const [head = "", claims = "", signature = ""] = String(asked[0]?.body.assertion).split(".");
      expect(verify("RSA-SHA256", Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, "base64url"))).to.equal(true);
      expect(JSON.parse(Buffer.from(claims, "base64url").toString())).to.include({ iss: "deploy@p", aud: `${base}/token` });
    });

    it("exchanges the pipeline's own identity, and acts as the account that it stands for", async () => {
      const identity = {
        type: "external_account",
        audience: "//iam.googleapis.com/projects/1/pools/p",
        subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
        token_url: `${base}/exchange`,
        service_account_impersonation_url: `${base}/impersonate`,
        credential_source: { url: `${base}/subject`, format: { type: "json", subject_token_field_name: "value" } },
      };

      expect(await token({ GOOGLE_CREDENTIALS: JSON.stringify(identity) })).to.deep.equal({ printed: { token: "impersonated" } });

      expect(asked.map(({ path }) => path)).to.deep.equal(["/subject", "/exchange", "/impersonate"]);
      expect(asked[1]?.body.subjectToken).to.equal("of the pipeline");
      expect(asked[2]?.authorization).to.equal("Bearer exchanged");
    });
  });
});
