import { Topic } from "@pulumi/aws/sns";
import { Namespace } from "@pulumi/kubernetes/core/v1";
import { Provider } from "@pulumi/kubernetes/provider";
import { RandomId } from "@pulumi/random/randomId";

const kubeconfig = JSON.stringify({
  apiVersion: "v1",
  kind: "Config",
  clusters: [{ name: "floor", cluster: { server: "https://floor.invalid" } }],
  contexts: [{ name: "floor", context: { cluster: "floor", user: "floor" } }],
  users: [{ name: "floor", user: {} }],
  "current-context": "floor",
});

new RandomId("floor", { byteLength: 4 });
new Topic("floor");
new Namespace("floor", {}, { provider: new Provider("floor", { kubeconfig, clusterIdentifier: "floor" }) });
