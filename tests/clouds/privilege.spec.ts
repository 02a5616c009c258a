import { expect } from "chai";
import { expectKept } from "../support/graph/promise";
import { broadPrivileges, grantsIn, privilegesForAReason, written } from "../support/graph/privilege";
import { committedStacks, graphOf } from "../graph/stackProgram";

/** There nobody is given anything: the cluster and its services are the operator's. */
const grantsNothing = "existing";

// The grants themselves, one by one, stand in tests/providers/*/; here is what none of any stack may be.
describe("what stacks let somebody do", () => {
  const needed = new Set<string>();

  for (const stack of committedStacks()) {
    it(`is one thing on one thing: ${stack.name}`, async () => {
      const graph = await graphOf(stack, "update");
      const broad = broadPrivileges(graph);
      for (const { what } of broad) needed.add(what);

      if (stack.cloud === grantsNothing) expect(grantsIn(graph)).to.equal(0);
      else expect(grantsIn(graph)).to.be.greaterThan(2);
      expectKept("No wildcard, no role over everything, and a workload reaches its files alone.", broad.filter(({ what }) => privilegesForAReason[what] === undefined).map(written));
    });
  }

  it("is never more than that for a reason that nothing needs", () => {
    expect(Object.keys(privilegesForAReason).filter((what) => !needed.has(what))).to.deep.equal([]);
  });
});
