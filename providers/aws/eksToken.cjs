// Prints a token for an EKS cluster: a presigned call of sts:GetCallerIdentity that names the cluster.
// node -e SCRIPT CLUSTER REGION, with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, if temporary, AWS_SESSION_TOKEN.
const { createHash, createHmac } = require("node:crypto");
const [, cluster, region] = process.argv;
const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: session } = process.env;
if (!id || !secret) {
  console.error("cluster.credentials is environment, but AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set");
  process.exit(1);
}
const now = new Date();
const time = now.toISOString().replace(/[-:]|\.\d+/g, "");
const day = time.slice(0, 8);
const host = `sts.${region}.amazonaws.com`;
const scope = `${day}/${region}/sts/aws4_request`;
const query = Object.entries({
  Action: "GetCallerIdentity",
  Version: "2011-06-15",
  "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
  "X-Amz-Credential": `${id}/${scope}`,
  "X-Amz-Date": time,
  "X-Amz-Expires": "60",
  ...(session && { "X-Amz-Security-Token": session }),
  "X-Amz-SignedHeaders": "host;x-k8s-aws-id",
})
  .map(([key, value]) => `${key}=${encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`)
  .join("&");
const hash = (text) => createHash("sha256").update(text).digest("hex");
const sign = (key, text) => createHmac("sha256", key).update(text).digest();
const request = ["GET", "/", query, `host:${host}`, `x-k8s-aws-id:${cluster}`, "", "host;x-k8s-aws-id", hash("")].join("\n");
const key = [day, region, "sts", "aws4_request"].reduce(sign, `AWS4${secret}`);
const signature = sign(key, ["AWS4-HMAC-SHA256", time, scope, hash(request)].join("\n")).toString("hex");
const url = `https://${host}/?${query}&X-Amz-Signature=${signature}`;
console.log(
  JSON.stringify({
    kind: "ExecCredential",
    apiVersion: "client.authentication.k8s.io/v1beta1",
    spec: {},
    status: {
      expirationTimestamp: new Date(now.getTime() + 14 * 60_000).toISOString().replace(/\.\d+/, ""),
      token: `k8s-aws-v1.${Buffer.from(url).toString("base64url")}`,
    },
  }),
);
