// Prints a token for a cluster of AKS: one of Entra ID for the application AUDIENCE.
// node -e SCRIPT AUDIENCE, with ARM_CLIENT_ID and ARM_TENANT_ID (or AZURE_…) and one of
// ARM_CLIENT_SECRET, ARM_OIDC_TOKEN, ARM_OIDC_TOKEN_FILE_PATH, or what GitHub Actions gives a job that may ask for tokens.
const { readFileSync } = require("node:fs");
const [, audience] = process.argv;
const { env } = process;
const client = env.ARM_CLIENT_ID || env.AZURE_CLIENT_ID;
const tenant = env.ARM_TENANT_ID || env.AZURE_TENANT_ID;
const secret = env.ARM_CLIENT_SECRET || env.AZURE_CLIENT_SECRET;
const authority = (env.AZURE_AUTHORITY_HOST || "https://login.microsoftonline.com").replace(/\/$/, "");

async function answer(url, options) {
  const response = await fetch(url, options);
  const text = await response.text();
  if (!response.ok) throw new Error(`${new URL(url).host} answered ${response.status}: ${text.slice(0, 500)}`);
  return JSON.parse(text);
}

async function assertion() {
  const file = env.ARM_OIDC_TOKEN_FILE_PATH || env.AZURE_FEDERATED_TOKEN_FILE;
  if (env.ARM_OIDC_TOKEN) return env.ARM_OIDC_TOKEN;
  if (file) return readFileSync(file, "utf8").trim();
  const url = env.ARM_OIDC_REQUEST_URL || env.ACTIONS_ID_TOKEN_REQUEST_URL;
  const bearer = env.ARM_OIDC_REQUEST_TOKEN || env.ACTIONS_ID_TOKEN_REQUEST_TOKEN;
  if (!url || !bearer) return undefined;
  const asked = new URL(url);
  asked.searchParams.set("audience", "api://AzureADTokenExchange");
  return (await answer(asked, { headers: { authorization: `Bearer ${bearer}` } })).value;
}

async function main() {
  const signed = secret ? undefined : await assertion();
  if (!client || !tenant || (!secret && !signed)) {
    throw new Error("cluster.credentials is environment, but ARM_CLIENT_ID, ARM_TENANT_ID and ARM_CLIENT_SECRET or an OIDC token are not set");
  }
  const proof = secret
    ? { client_secret: secret }
    : { client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", client_assertion: signed };
  const { access_token: token, expires_in: seconds } = await answer(`${authority}/${tenant}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "client_credentials", client_id: client, scope: `${audience}/.default`, ...proof }),
  });
  const status = { token, expirationTimestamp: new Date(Date.now() + (seconds - 60) * 1000).toISOString().replace(/\.\d+/, "") };
  console.log(JSON.stringify({ kind: "ExecCredential", apiVersion: "client.authentication.k8s.io/v1beta1", spec: {}, status }));
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
