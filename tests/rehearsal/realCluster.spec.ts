import { once } from "node:events";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { expect } from "chai";
import { afterEach, beforeEach } from "mocha";
import type { RehearsalRequest } from "../../rehearsal/arguments";
import { Interruption } from "../../rehearsal/interruption";
import { wrongAnswer } from "../../rehearsal/real/answer";
import { onRealCluster } from "../../rehearsal/real/onRealCluster";
import { throughPort } from "../../rehearsal/real/portForward";
import { StackFile } from "../../rehearsal/stackFile";
import { shellScript, temporaryFolder } from "../toolchain/temporaryFolder";
import { silent } from "./silentView";

const stacks = path.join(__dirname, "../stacks");
const image = { "moodle:application": { image: `registry.example.edu/moodle@sha256:${"0".repeat(64)}` } };

// What is refused before anything is made. What comes about on a cluster is told in tests/cluster.
describe("a rehearsal on a real cluster", () => {
  const at = temporaryFolder();
  let interruption: Interruption;
  const { PATH } = process.env;
  beforeEach(() => void (interruption = new Interruption()));
  afterEach(() => {
    interruption.close();
    process.env.PATH = PATH;
  });

  /** The kubectl of somebody whose cluster has these namespaces, and whose kubeconfig this user. */
  function aKubectl({ user = { token: "t" } as object, namespaces = "default kube-system" } = {}): void {
    const config = JSON.stringify({ users: [{ name: "operator", user }] });
    shellScript(at("bin", "kubectl"), 'case "$*" in', '  version*) echo "Client Version: v1.35.0" ;;', `  *"config view"*) echo '${config}' ;;`, `  *"get namespaces"*) printf '${namespaces}' ;;`, "esac");
    process.env.PATH = `${at("bin")}:${PATH ?? ""}`;
  }

  const stackWith = (example: string, keys: Parameters<StackFile["add"]>[0] = {}): string => {
    const file = at("mine.yaml");
    fs.copyFileSync(path.join(stacks, `${example}.yaml`), file);
    new StackFile(file).add(keys);
    return file;
  };

  async function used(stackFile: string, real: { kubeconfig?: string } = { kubeconfig: at("kubeconfig") }): Promise<string> {
    const request: RehearsalRequest & { real: typeof real } = { command: "up", stack: "mine", stackFile, html: "", real };
    return onRealCluster(request, { view: silent, interruption }, ({ title }) => Promise.resolve(title)).catch((error: Error) => error.message);
  }

  it("takes a cluster whose kubeconfig says all, and a stack that names its image", async () => {
    aKubectl();

    expect(await used(stackWith("existing-shared", image))).to.equal(`the real cluster of ${at("kubeconfig")}`);
  });

  it("takes no stack of another cloud", async () => {
    expect(await used(stackWith("gcp-shared"))).to.equal(`${at("mine.yaml")}: moodle:cloud is "gcp", and --real takes a stack of "existing" alone: the others make a cluster in a cloud`);
  });

  it("names what a stack lacks that is to run on a cluster that was there", async () => {
    const [first, second] = (await used(stackWith("existing-objectfs"))).split("\n");

    expect(first).to.match(/^moodle:application\.image is missing: .*name it, by digest, in a stack file of yours/);
    expect(second).to.match(/^moodle:databasePassword, .*moodle:objectStoreSecretAccessKey: a rehearsal does not open your secrets/);
  });

  it("keeps away from a cluster where it would meet a namespace of its own", async () => {
    aKubectl({ namespaces: "default moodle servers" });

    expect(await used(stackWith("existing-shared", image))).to.include("the cluster has the namespaces moodle, servers already");
  });

  it("refuses a kubeconfig whose credentials a program has to give", async () => {
    aKubectl({ user: { exec: { command: "login" } } });

    expect(await used(stackWith("existing-shared", image))).to.include("operator asks a program for credentials").and.to.include("give a file with a token or a certificate");
  });

  it("says of a machine that can't make a cluster why, as npm run cluster does, and what goes without", async () => {
    const { getuid } = process;
    process.getuid = () => 1000;
    try {
      expect(await used(stackWith("existing-shared"), {})).to.match(/^No cluster with Moodle's image can be made here: it needs (root|Debian)[^]*--real --kubeconfig FILE --stack FILE$/);
    } finally {
      process.getuid = getuid;
    }
  });

  it("fails when its pods answer with anything but 200", () => {
    const answer = { path: "/index.php", host: "moodle.example.edu", bytes: 6 };

    expect(wrongAnswer({ ...answer, status: 200 })).to.equal(undefined);
    expect(wrongAnswer({ ...answer, status: 503 })).to.equal("The pods must answer with 200, and answered GET /index.php of moodle.example.edu with 503");
  });
});

describe("a port that leads to pods", () => {
  const at = temporaryFolder();

  it("is open while it is used, and its program ended after that", async () => {
    const server = http.createServer((_, response) => response.end("here")).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const kubectl = shellScript(at("kubectl"), `echo $$ > ${at("pid")}`, `echo "Forwarding from 127.0.0.1:${port} -> 8080"`, "exec sleep 600");

    const answered = await throughPort([kubectl], "moodle", "moodle-web", async (found) => (await fetch(`http://127.0.0.1:${found}`)).text());
    server.closeAllConnections();
    server.close();

    expect(answered).to.equal("here");
    expect(() => process.kill(Number(fs.readFileSync(at("pid"), "utf8")), 0), "the program after its use").to.throw("ESRCH");
  });

  it("says why there is none, in the program's words", async () => {
    const kubectl = shellScript(at("kubectl"), 'echo "Error from server (NotFound): services \\"moodle-web\\" not found" >&2', "exit 1");

    const failure = await throughPort([kubectl], "moodle", "moodle-web", () => Promise.resolve("")).catch((error: Error) => error.message);
    expect(failure).to.include('no port leads to the pods: Error from server (NotFound): services "moodle-web" not found');
  });
});
