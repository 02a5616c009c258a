import { expect } from "chai";
import { after, before } from "mocha";
import { installed } from "../../images/standIn/code";
import { aLab } from "../images/support/lab";
import { expectDone } from "./support/expectDone";
import { namespaceOf } from "./support/objects";
import { Site } from "./support/site";
import { TestNode } from "./support/testNode";
import { visit } from "./support/visitors";

// tests/cluster/site.spec.ts has the third way: a volume whose group the kubelet sets.
describe("a volume of a node that is root's alone", function () {
  this.bail(true);
  const lab = aLab();
  let node: TestNode;
  let site: Site;
  before(async () => {
    node = await TestNode.start();
    site = await Site.make(node, lab);
    await site.image(installed);
  });
  after(() => node.end());

  const prepared = (prepare: "preset" | "rootJob") => ({ files: { volume: { prepare } } });
  const owner = (): Promise<string> => site.onVolume("stat -c '%u:%g %a' .");

  it("is waited for where the cluster is said to hand it over, and every pod says why", async () => {
    const { code } = await site.release(installed, prepared("preset"), 20);

    expect(code).not.to.equal(0);
    expect(await owner()).to.equal("0:0 755");
    for (const [component, container] of [["release", "release"], ["web", "await-release"], ["cron", "await-release"], ["adhoc", "await-release"]] as const) {
      expect(await site.log(component, container), component).to.match(/\/var\/lib\/moodle cannot be written/);
    }
    expect(await site.pods("web"), "pods that were ended for it").to.have.length(2);
  });

  it("is not handed over by a pod of root's where the namespace lets none in, and that is said", async () => {
    const { code } = await site.release(installed, prepared("rootJob"), 20);

    expect(code).not.to.equal(0);
    expect(await owner()).to.equal("0:0 755");
    expect(await site.kubectl("get", "events", "--field-selector=reason=FailedCreate", "--output", "jsonpath={.items[*].message}")).to.include('violates PodSecurity "restricted:latest"');
  });

  it("is handed over by one where the namespace does, itself and nothing below, and the site is installed on it", async () => {
    await site.onVolume("mkdir -p lost+found && chmod 700 lost+found");
    await node.apply(namespaceOf("site", "baseline"));
    expectDone(await site.release(installed, prepared("rootJob")));

    expect(await owner()).to.equal("10033:10033 755");
    expect(await site.onVolume("stat -c '%u:%g %a' lost+found")).to.equal("0:0 700");
    const door = await site.open();
    const { status, body } = await visit(door);
    await door.close();
    expect(status, body).to.equal(200);
    const users = await site.kubectl("get", "pods", "--selector", "app.kubernetes.io/component!=prepare", "--output", "jsonpath={.items[*].spec.securityContext.runAsUser}");
    expect(new Set(users.split(" "))).to.deep.equal(new Set(["10033"]));
  });
});
