import { createHmac } from "node:crypto";
import * as fs from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { folders } from "../../components/moodle/environment";
import type { Program } from "../../images/onThisMachine/program";
import { tokenMinter } from "../../providers/azure/tokenMinter";
import { aLab } from "./support/lab";

// Entra ID and the blob service are stand-ins here: that the string is signed as their documentation says, and not that they
// accept it. https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas

const delegationKey = Buffer.from("a key of thirty-two bytes or more").toString("base64");

interface Asked {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

describe("the program that mints tokens for a container", () => {
  const lab = aLab();
  const asked: Asked[] = [];
  let refusals = 0;
  let server: Server;
  let program: Program;
  let file: string;

  before(async () => {
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (data: Buffer) => (body += data.toString()));
      request.on("end", () => {
        const { url = "", headers } = request;
        asked.push({ url, headers, body });
        if (url.startsWith("/tenant/")) response.end(JSON.stringify({ access_token: "of Entra ID" }));
        else if (refusals++ === 0) response.writeHead(403).end("<Code>AuthorizationPermissionMismatch</Code>");
        else response.end(keyFor(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { command } = tokenMinter(pulumi.output("account"), pulumi.output("files"), { mayDelete: false });
    const pod = await lab.pod({ mounts: { "/identity": { from: lab.folderWith({ token: "signed by the cluster\n" }) } } });
    file = path.join(pod.folderOf(folders.run), "token");
    program = await pod.start(command, {
      environment: {
        BLOB_SERVICE: address,
        BLOB_ACCOUNT: "account",
        BLOB_CONTAINER: "files",
        BLOB_PERMISSIONS: "rcwl",
        AZURE_AUTHORITY_HOST: `${address}/`,
        AZURE_TENANT_ID: "tenant",
        AZURE_CLIENT_ID: "client",
        AZURE_FEDERATED_TOKEN_FILE: "/identity/token",
        MOODLE_OBJECT_STORE_TOKEN_FILE: `${folders.run}/token`,
      },
    });
    await program.until("writing a token", () => fs.existsSync(file));
  });
  after(() => server.close());

  it("says who the pod is by what the cluster signs", () => {
    const [first] = asked;
    expect(first?.url).to.equal("/tenant/oauth2/v2.0/token");
    expect(Object.fromEntries(new URLSearchParams(first?.body))).to.deep.equal({
      grant_type: "client_credentials",
      client_id: "client",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: "signed by the cluster",
      scope: "https://storage.azure.com/.default",
    });
  });

  it("tries again where its right is not known everywhere yet, and says so as a line of JSON", () => {
    expect(asked.map(({ url }) => url.split("?")[0])).to.deep.equal(["/tenant/oauth2/v2.0/token", "/", "/tenant/oauth2/v2.0/token", "/"]);
    expect(asked[1]?.headers).to.include({ authorization: "Bearer of Entra ID", "x-ms-version": "2022-11-02" });
    expect(JSON.parse(program.stderr)).to.have.property("event", "token.refused");
    expect(program.stderr).to.contain("AuthorizationPermissionMismatch").and.not.to.contain("of Entra ID");
  });

  it("signs for two hours, for the one container and what Moodle does with it", () => {
    const token = new URLSearchParams(fs.readFileSync(file, "utf8"));
    const of = (name: string) => token.get(name) ?? "";
    expect([of("sr"), of("sp"), of("spr"), of("sv")]).to.deep.equal(["c", "rcwl", "https", "2022-11-02"]);
    expect(Date.parse(of("se")) - Date.parse(of("st"))).to.equal((2 * 60 + 5) * 60_000);
    const signed = [
      of("sp"), of("st"), of("se"), "/blob/account/files", of("skoid"), of("sktid"), of("skt"), of("ske"), of("sks"), of("skv"),
      "", "", "", "", of("spr"), of("sv"), of("sr"), "", "", "", "", "", "", "",
    ].join("\n");
    expect(of("sig")).to.equal(createHmac("sha256", Buffer.from(delegationKey, "base64")).update(signed).digest("base64"));
    expect([of("skoid"), of("sktid"), of("sks"), of("skv")]).to.deep.equal(["object", "tenant", "b", "2022-11-02"]);
  });

  it("leaves the token to Moodle's group, and ends when the pod does", async () => {
    expect(fs.statSync(file).mode & 0o777).to.equal(0o640);
    program.signal("SIGTERM");
    expect((await program.ended).code).to.equal(0);
  });
});

function keyFor(body: string): string {
  const said = (name: string) => new RegExp(`<${name}>([^<]+)<`).exec(body)?.[1] ?? "";
  const values = { SignedOid: "object", SignedTid: "tenant", SignedStart: said("Start"), SignedExpiry: said("Expiry"), SignedService: "b", SignedVersion: "2022-11-02", Value: delegationKey };
  return `<?xml version="1.0" encoding="utf-8"?><UserDelegationKey>${Object.entries(values).map(([name, value]) => `<${name}>${value}</${name}>`).join("")}</UserDelegationKey>`;
}
