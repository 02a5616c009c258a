import { randomBytes } from "node:crypto";
import * as path from "node:path";
import { build } from "esbuild";
import { Buildah } from "../../../images/onThisMachine/buildah";
import { importedBase } from "../../../images/onThisMachine/importedBase";
import { serviceTree } from "../../../images/onThisMachine/serviceTree";
import { baseTree, treeWith } from "../../../toolchain/debian";
import { silent } from "../../../toolchain/setup/progress.cjs";
import type { Authority } from "../../images/support/authority";
import type { Served } from "../../images/support/s3/objectStore";
import type { AccessKey } from "../../images/support/s3/signature";
import { certificates, hostOf, namespace, reserve, server } from "./server";
import type { TestNode } from "./testNode";

const name = "objects";
const port = 9000;
const nobody = 65534;

/** The tests' S3 server as a pod of a node, reached by name over TLS alone. */
export class StoreOfNode {
  readonly endpoint = `https://${hostOf(name)}:${port}`;
  readonly host = hostOf(name);
  readonly port = port;

  private constructor(
    private readonly node: TestNode,
    readonly address: string,
    readonly accessKey: AccessKey,
  ) {}

  static async start(node: TestNode, authority: Authority): Promise<StoreOfNode> {
    const tree = await treeWith("nodejs", await baseTree("trixie", silent), ["nodejs"], {}, silent);
    const buildah = new Buildah(await serviceTree(silent));
    const image = await node.loadBuilt(buildah, await importedBase(buildah, "trixie", tree), "registry.example.edu/nodejs");
    const store = new StoreOfNode(node, await reserve(node, name, port), { id: "AKIAOFTHENODE", secret: randomBytes(20).toString("base64url") });
    const variables = { PORT: String(port), ACCESS_KEY_ID: store.accessKey.id, SECRET_ACCESS_KEY: store.accessKey.secret, CERTIFICATE: `${certificates}/tls.crt`, KEY: `${certificates}/tls.key` };
    const request = { name, image, ids: [nobody, nobody] as const, script: "exec node /program/store.js", port, variables, program: { "store.js": await program() } };
    await node.apply(...server(request, await authority.issue(`DNS:${store.host}`)));
    await node.kubectl("rollout", "status", "--namespace", namespace, `deployment/${name}`, "--timeout=120s");
    return store;
  }

  /** Every request that came, and how it was answered. */
  async served(): Promise<Served[]> {
    const printed = await this.node.kubectl("logs", "--namespace", namespace, `deployment/${name}`, "--tail=-1");
    return printed.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as Served);
  }
}

async function program(): Promise<string> {
  const { outputFiles } = await build({ entryPoints: [path.join(__dirname, "objectStoreProgram.ts")], bundle: true, platform: "node", target: "node20", write: false });
  return outputFiles[0]?.text ?? "";
}
