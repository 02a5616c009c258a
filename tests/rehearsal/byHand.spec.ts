import { expect } from "chai";
import { deleteByHand } from "../../rehearsal/byHand";
import * as tokens from "../../rehearsal/clouds/gcp/tokens";
import { connect, databaseInputs, network, openProject, refusal } from "./gcpProject";

describe("a deletion by hand", () => {
  it("lifts the protection that a person can switch off", async () => {
    const project = await openProject();
    const made = await project.make(tokens.SECRET, "pepper", { secretId: "pepper", replication: { auto: {} }, deletionProtection: true });

    await deleteByHand(project.folder, { provider: "gcp", ...made });

    expect(project.live(tokens.SECRET)).to.deep.equal([]);
    project.close();
  });

  it("is refused where the name would stay taken: nobody could make the same again", async () => {
    const project = await openProject();
    const net = await network(project);
    await connect(project, net);
    const made = await project.make(tokens.SQL_INSTANCE, "db", databaseInputs(net));

    expect(await refusal(deleteByHand(project.folder, { provider: "gcp", ...made }))).to.equal("the name of moodle would stay taken after its deletion");
    expect(project.live(tokens.SQL_INSTANCE)).to.have.length(1);
    project.close();
  });
});
