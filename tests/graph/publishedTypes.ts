import { expect } from "chai";
import { revealed, type PropertyMap } from "../support/monitor/value";
import { complaintsOf, type TypedObject } from "../support/typedObjects";
import { configOf, graphOf, type Stack } from "./stackProgram";

// Third-party charts are not run here, so nothing else would notice a field their controllers do not know.
const kinds = /^kubernetes:(gateway\.networking\.k8s\.io|gateway\.envoyproxy\.io|cert-manager\.io)\//;

/** What a stack asks of the controllers of others. */
export function describePublishedTypes(stack: Stack): void {
  describe(`the gateway and certificates of stack ${stack.name}`, function () {
    // The compiler reads megabytes of declarations once.
    this.timeout(120_000);

    it("have only fields that their projects publish, of the right types, and all that are needed", async () => {
      const { resources } = await graphOf(stack, "update");
      const objects = resources.filter(({ type }) => kinds.test(type)).map(({ inputs }) => revealed(inputs as PropertyMap) as unknown as TypedObject);

      expect(objects.map(({ kind }) => kind)).to.include.members(["Gateway", "GatewayClass", "EnvoyProxy", "ClientTrafficPolicy", "ClusterIssuer", "Certificate"]);
      expect(complaintsOf(objects)).to.deep.equal([]);
    });
  });
}

/** Some clusters have a way in of their own. */
export function hasGateway(stack: Stack): boolean {
  const own = configOf(stack).config["moodle:existing"] as { readonly ingress?: { readonly class?: string } } | undefined;
  return own?.ingress?.class !== "none";
}
