import { expect } from "chai";

import { holdingsOf } from "../../rehearsal/clouds/gcp/holdings";
import * as tokens from "../../rehearsal/clouds/gcp/tokens";
import { type Account, clusterInputs, connect, databaseInputs, network, openProject } from "./gcpProject";

describe("what the simulated Google Cloud holds under a stack's labels", () => {
  const stack = { application: "moodle", stack: "test" };
  let project: Account;

  beforeEach(async () => {
    project = await openProject();
  });
  afterEach(() => project.close());

  it("is found wherever a kind has its labels, by its logical name", async () => {
    const net = await network(project);
    await connect(project, net);
    const labels = (name: string) => ({ ...stack, name });
    await project.make(tokens.SECRET, "pepper", { secretId: "pepper", replication: { auto: {} }, labels: labels("pepper") });
    await project.make(tokens.CLUSTER, "moodle", clusterInputs(net, { resourceLabels: labels("cluster") }));
    await project.make(tokens.SQL_INSTANCE, "db", databaseInputs(net, { userLabels: labels("database") }));

    expect(holdingsOf(project.folder, stack).map(({ logicalName }) => logicalName)).to.have.members(["pepper", "cluster", "database"]);
  });

  it("is not what carries another stack's", async () => {
    await project.make(tokens.SECRET, "pepper", { secretId: "pepper", replication: { auto: {} }, labels: { ...stack, stack: "other" } });

    expect(holdingsOf(project.folder, stack)).to.deep.equal([]);
  });
});
