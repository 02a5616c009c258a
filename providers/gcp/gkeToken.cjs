// Prints a token for a GKE cluster: an access token of Google's. node -e SCRIPT [ACCOUNT TO ACT AS], with GOOGLE_OAUTH_ACCESS_TOKEN,
// or GOOGLE_CREDENTIALS or the file of GOOGLE_APPLICATION_CREDENTIALS: a service account's key or a federated identity.
const { createSign } = require("node:crypto");
const { readFileSync } = require("node:fs");
const [, actAs] = process.argv;
const { GOOGLE_OAUTH_ACCESS_TOKEN: given, GOOGLE_CREDENTIALS: inline, GOOGLE_APPLICATION_CREDENTIALS: file } = process.env;
const scope = "https://www.googleapis.com/auth/cloud-platform";

async function ask(url, options) {
  const answer = await fetch(url, options);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${new URL(url).host} refused with ${answer.status}: ${text.slice(0, 300)}`);
  return text;
}

const post = async (url, body, headers = {}) =>
  JSON.parse(await ask(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) }));

function signed({ client_email: iss, private_key: key, private_key_id: kid, token_uri: aud }) {
  const iat = Math.floor(Date.now() / 1000);
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "RS256", typ: "JWT", kid })}.${part({ iss, scope, aud, iat, exp: iat + 3600 })}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(key, "base64url")}`;
}

async function subject({ file: path, url, headers, format = {} }) {
  const text = path ? readFileSync(path, "utf8") : await ask(url, { headers });
  return format.type === "json" ? JSON.parse(text)[format.subject_token_field_name] : text.trim();
}

async function ownToken() {
  if (given) return given;
  if (!inline && !file) {
    throw new Error("cluster.credentials is environment, but none of GOOGLE_OAUTH_ACCESS_TOKEN, GOOGLE_CREDENTIALS and GOOGLE_APPLICATION_CREDENTIALS is set");
  }
  const key = JSON.parse(inline && inline.trim().startsWith("{") ? inline : readFileSync(inline || file, "utf8"));
  if (key.type === "service_account") {
    const grant = { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion: signed(key) };
    return (await post(key.token_uri, grant)).access_token;
  }
  if (key.type !== "external_account") throw new Error(`credentials of the type ${key.type} are not read here; use cluster.credentials: cli`);
  const exchange = {
    grantType: "urn:ietf:params:oauth:grant-type:token-exchange",
    audience: key.audience,
    scope,
    requestedTokenType: "urn:ietf:params:oauth:token-type:access_token",
    subjectTokenType: key.subject_token_type,
    subjectToken: await subject(key.credential_source),
  };
  const { access_token: federated } = await post(key.token_url, exchange);
  return key.service_account_impersonation_url ? impersonate(key.service_account_impersonation_url, federated) : federated;
}

async function impersonate(url, token) {
  return (await post(url, { scope: [scope] }, { authorization: `Bearer ${token}` })).accessToken;
}

(async () => {
  const own = await ownToken();
  const url = `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${actAs}:generateAccessToken`;
  const token = actAs ? await impersonate(url, own) : own;
  // No expiry is known for a given token: without one it is asked for again by the next process.
  console.log(JSON.stringify({ kind: "ExecCredential", apiVersion: "client.authentication.k8s.io/v1beta1", spec: {}, status: { token } }));
})().catch(({ message }) => {
  console.error(message);
  process.exit(1);
});
