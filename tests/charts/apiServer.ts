import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";

/** What a cluster would hold, by its path below the API group's namespace: `deployments/moodle-web`. */
export type Held = Readonly<Record<string, object>>;

const resources: Readonly<Record<string, object>> = {
  "/api/v1": resourceList("v1", "configmaps", "ConfigMap"),
  "/apis/batch/v1": resourceList("batch/v1", "jobs", "Job"),
  "/apis/apps/v1": resourceList("apps/v1", "deployments", "Deployment"),
};

/** Runs `work` beside a Kubernetes API that knows Jobs, Deployments and ConfigMaps and answers what Helm's `lookup` asks, and nothing else. */
export async function withCluster<Result>(held: Held, work: (address: string) => Promise<Result>): Promise<Result> {
  const server = http.createServer(({ url = "" }, response) => {
    const name = /^\/api(?:s\/\w+)?\/v1\/namespaces\/learn\/(.+)$/.exec(url)?.[1] ?? "";
    const answer = resources[url.replace(/\?.*/, "")] ?? held[name];
    response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? { kind: "Status", apiVersion: "v1", status: "Failure", reason: "NotFound", code: 404 }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function resourceList(groupVersion: string, name: string, kind: string): object {
  return { kind: "APIResourceList", apiVersion: "v1", groupVersion, resources: [{ name, kind, namespaced: true, singularName: "", verbs: ["get"] }] };
}
