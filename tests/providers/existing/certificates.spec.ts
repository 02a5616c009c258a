import { createPrivateKey, X509Certificate } from "node:crypto";
import { connect, createServer } from "node:tls";
import { expect } from "chai";
import * as fc from "fast-check";
import { authorityOf, identityOf } from "../../../providers/existing/certificates";

const seed = "a seed of thirty-two characters.";
const host = "database.servers.svc.cluster.local";

describe("the certificates of servers in the cluster", () => {
  it("are the same at every update", () => {
    expect(authorityOf(seed)).to.equal(authorityOf(seed));
    expect(identityOf(seed, host)).to.deep.equal(identityOf(seed, host));
  });

  it("are others for another seed and for another host", () => {
    expect(authorityOf(`${seed} else`)).not.to.equal(authorityOf(seed));
    expect(identityOf(`${seed} else`, host).key).not.to.equal(identityOf(seed, host).key);
    expect(identityOf(seed, "cache.servers.svc.cluster.local").key).not.to.equal(identityOf(seed, host).key);
  });

  it("are signed by their own authority and by no other, carry their name and fit their key, whatever the seed", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (one, other) => {
        const [authority, another] = [new X509Certificate(authorityOf(one)), new X509Certificate(authorityOf(other))];
        const { certificate, key } = identityOf(one, host);
        const own = new X509Certificate(certificate);
        expect(authority.ca).to.equal(true);
        expect(authority.verify(authority.publicKey), "the authority signs itself").to.equal(true);
        expect(own.ca, "a server is no authority").to.equal(false);
        expect(own.checkIssued(authority)).to.equal(true);
        expect(own.verify(authority.publicKey)).to.equal(true);
        expect(own.verify(another.publicKey), "signed by another authority").to.equal(one === other);
        expect(own.checkHost(host)).to.equal(host);
        expect(own.checkHost("elsewhere.servers.svc.cluster.local")).to.equal(undefined);
        expect(own.checkPrivateKey(createPrivateKey(key))).to.equal(true);
      }),
      { numRuns: 40 },
    );
  });

  it("do not expire while anybody looks", () => {
    const { validTo } = new X509Certificate(identityOf(seed, host).certificate);
    expect(new Date(validTo).getUTCFullYear()).to.equal(9999);
  });

  it("are good for a connection to the name, and for none to another", async () => {
    const identity = identityOf(seed, host);
    const server = createServer({ cert: identity.certificate, key: identity.key }, (socket) => socket.end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { readonly port: number };
    const attempt = (servername: string, ca: string) =>
      new Promise<string>((resolve) => {
        const socket = connect({ host: "127.0.0.1", port, servername, ca }, () => resolve("connected"));
        socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
        socket.on("close", () => socket.destroy());
      });
    try {
      expect(await attempt(host, authorityOf(seed))).to.equal("connected");
      expect(await attempt("cache.servers.svc.cluster.local", authorityOf(seed))).to.equal("ERR_TLS_CERT_ALTNAME_INVALID");
      expect(await attempt(host, authorityOf("another"))).not.to.equal("connected");
    } finally {
      server.close();
    }
  });
});
