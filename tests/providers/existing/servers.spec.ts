import { expect } from "chai";
import { resolved } from "../../support/recording";
import { aCloudPlan, aSmallCloudPlan } from "../../support/plans";
import { built, type Built } from "./built";
import { withEverythingBrought, withEverythingInside } from "./places";

interface PodTemplate {
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly annotations: { readonly secret: string } };
      readonly spec: {
        readonly automountServiceAccountToken: boolean;
        readonly securityContext: { readonly runAsNonRoot: boolean; readonly runAsUser: number; readonly seccompProfile: { readonly type: string } };
        readonly containers: readonly {
          readonly image: string;
          readonly command: readonly string[];
          readonly env: readonly { readonly name: string; readonly valueFrom: object }[];
          readonly securityContext: object;
          readonly resources: { readonly limits: { readonly memory: string } };
        }[];
      };
    };
  };
}

describe("servers in an existing cluster", () => {
  let inside: Built;
  before(async () => {
    inside = await built(withEverythingInside(aCloudPlan()));
  });
  const pod = (role: string) => (inside.the("StatefulSet", `server-${role}`).inputs as unknown as PodTemplate).spec.template.spec;
  const script = (role: string) => pod(role).containers[0]?.command.at(-1) ?? "";

  it("are one each for what nobody brings along", () => {
    expect(inside.names("StatefulSet")).to.deep.equal(["site-server-cache", "site-server-database", "site-server-objects", "site-server-sessions"]);
    expect(inside.names("PersistentVolumeClaim")).to.deep.equal(inside.names("StatefulSet"));
    expect(inside.names("Service")).to.deep.equal(inside.names("StatefulSet"));
  });

  it("are none, and no namespace for them, where everything is brought along", async () => {
    const outside = await built(withEverythingBrought(aCloudPlan()));
    expect(outside.names("StatefulSet")).to.deep.equal([]);
    expect(outside.names("Namespace")).to.deep.equal(["site-secrets"]);
    expect(outside.names("RandomPassword")).to.deep.equal([]);
  });

  it("share a cache where the plan has one", async () => {
    const small = await built(withEverythingInside(aSmallCloudPlan()));
    expect(small.names("StatefulSet")).to.deep.equal(["site-server-database", "site-server-sessions"]);
    expect(small.foundation.applicationCache).to.equal(small.foundation.sessionCache);
  });

  it("keep what they hold under protection, on disks of their own", () => {
    for (const role of ["database", "sessions", "objects"]) {
      expect(inside.the("PersistentVolumeClaim", `server-${role}`).protect, `the disk of ${role}`).to.equal(true);
      expect(inside.the("StatefulSet", `server-${role}`).protect, role).to.equal(true);
    }
  });

  it("run as Pod Security's strictest level allows", () => {
    expect(inside.the("Namespace", "servers").inputs).to.have.nested.property("metadata.labels.pod-security\\.kubernetes\\.io/enforce", "restricted");
    for (const role of ["database", "sessions", "cache", "objects"]) {
      expect(pod(role).automountServiceAccountToken).to.equal(false);
      expect(pod(role).securityContext).to.deep.include({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
      expect(pod(role).containers[0]?.securityContext).to.deep.equal({ allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, readOnlyRootFilesystem: true });
    }
  });

  it("get their passwords from a Secret alone", () => {
    for (const role of ["database", "sessions", "cache", "objects"]) {
      expect(pod(role).containers[0]?.env.every(({ valueFrom }) => "secretKeyRef" in valueFrom), role).to.equal(true);
      expect(script(role)).not.to.contain("password-of");
    }
    expect(inside.the("Secret", "server-database").secretInputs).to.deep.equal(["stringData"]);
  });

  it("are reached by the application's namespace alone", () => {
    expect(inside.the("NetworkPolicy").inputs).to.have.deep.property("spec", {
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "moodle" } } }] }],
    });
    expect(inside.foundation.requiredEgress).to.deep.equal([
      { reason: "Database", namespace: "servers", port: 5432, protocol: "TCP" },
      { reason: "Session cache", namespace: "servers", port: 6379, protocol: "TCP" },
      { reason: "Application cache", namespace: "servers", port: 6379, protocol: "TCP" },
      { reason: "Object store", namespace: "servers", port: 9000, protocol: "TCP" },
    ]);
  });

  it("evict what can be computed again, and never a session", () => {
    expect(script("sessions")).to.contain("maxmemory-policy noeviction").and.contain("appendonly yes");
    expect(script("cache")).to.contain("maxmemory-policy allkeys-lru").and.contain("appendonly no");
  });

  it("take as many connections as the pods may open", () => {
    expect(script("database")).to.contain("max_connections=210");
  });

  it("answer over TLS with an authority of their own", async () => {
    const { database, sessionCache } = inside.foundation;
    expect(await resolved(database.host)).to.equal("database.servers.svc.cluster.local");
    const [authority] = database.tls.ca as readonly string[];
    expect(await resolved(authority ?? "")).to.match(/^-----BEGIN CERTIFICATE-----/);
    expect(database.tls.verify).to.equal("full");
    expect(sessionCache.tls.verify).to.equal("full");
    expect(script("database")).to.contain("hostssl all all all").and.not.contain("\nhost ");
    expect(script("sessions")).to.contain("port 0\ntls-port 6379");
  });

  it("hide the object store from browsers", () => {
    expect(inside.foundation.objectStore).to.deep.include({ fromBrowsers: false, endpoint: "http://objects.servers.svc.cluster.local:9000" });
  });

  it("are ready before the application starts", () => {
    expect(inside.foundation.kubernetes.ready).to.have.length(4);
  });

  it("run the operator's images as the operator's users", async () => {
    const plan = withEverythingInside(aSmallCloudPlan());
    const own = await built({ ...plan, settings: { ...plan.settings, database: { image: "registry.example.edu/servers:1", runAs: 101 }, storageClass: "fast" } });
    const set = own.the("StatefulSet", "database").inputs as unknown as PodTemplate;
    expect(set.spec.template.spec.containers[0]?.image).to.equal("registry.example.edu/servers:1");
    expect(set.spec.template.spec.securityContext.runAsUser).to.equal(101);
    expect(own.the("PersistentVolumeClaim", "database").inputs).to.have.nested.property("spec.storageClassName", "fast");
  });
});
