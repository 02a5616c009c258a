import type { CloudObject } from "./behaviour";

/** Where the cluster answers. */
export const standingHost = "cluster.rehearsal.invalid:6443";

/** A cluster that was there before the rehearsal, for stacks to which one is brought along. Nobody makes it, and it never goes. */
export const standingCluster: CloudObject = {
  id: "standing",
  type: "kubernetes:standing:Cluster",
  name: "standing",
  urn: "",
  status: "ready",
  inputs: {},
  outputs: { endpoint: `https://${standingHost}`, version: "1.35" },
  createdAt: 0,
  seed: "standing",
};

/** What an operator would bring along. There is no key in it: nobody asks for one. */
export const standingKubeconfig = JSON.stringify({
  apiVersion: "v1",
  kind: "Config",
  clusters: [{ name: "standing", cluster: { server: `https://${standingHost}` } }],
  users: [{ name: "operator", user: {} }],
  contexts: [{ name: "standing", context: { cluster: "standing", user: "operator" } }],
  "current-context": "standing",
});
