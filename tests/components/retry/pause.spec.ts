import { expect } from "chai";
import fc from "fast-check";
import { passesInCluster } from "../../../components/retry/cluster";
import { pauseBefore } from "../../../components/retry/pause";

const always = () => true;
const throttled = "Throttling: Rate exceeded";

describe("the pause before another attempt", () => {
  it("doubles, from 2 seconds to a minute at most", () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 8].map((count) => pauseBefore(Array<string>(count).fill(throttled), always, 1));

    expect(pauses).to.deep.equal([2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it("ends after nine attempts", () => {
    expect(pauseBefore(Array<string>(9).fill(throttled), always, 1)).to.equal(undefined);
  });

  it("is half as long at least, so that callers refused together do not come back together", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 8 }), (chance, count) => {
        const [pause = 0, longest = 0] = [chance, 1].map((each) => pauseBefore(Array<string>(count).fill(throttled), always, each));
        expect(pause).to.be.within(longest / 2, longest);
      }),
    );
  });

  it("does not come where the refusal does not pass", () => {
    expect(pauseBefore(["AccessDenied: not authorized", throttled], (refusal) => refusal === throttled, 1)).to.equal(undefined);
  });

  it("never comes once something exists, whatever the words are", () => {
    for (const refusal of [`1 error occurred:\n\t* ${throttled}`, `2 errors occurred:\n\t* ${throttled}\n\t* ${throttled}`, `\n  1 error occurred:\n\t* ${throttled}`]) {
      expect(pauseBefore([refusal], always, 1), refusal).to.equal(undefined);
      expect(pauseBefore([throttled, refusal], always, 1), `${refusal}, and refused again`).to.equal(undefined);
    }
  });
});

describe("what passes in a cluster", () => {
  const passing = [
    "configured Kubernetes cluster is unreachable: unable to load schema information from the API server: the server has asked for the client to provide credentials",
    'Get "https://ABC.gr7.eu-central-1.eks.amazonaws.com/version": dial tcp: lookup ABC.gr7.eu-central-1.eks.amazonaws.com: no such host',
    'Internal error occurred: failed calling webhook "webhook.cert-manager.io": failed to call webhook: no endpoints available for service "cert-manager-webhook"',
    "dial tcp 10.64.1.2:443: connect: connection refused",
  ];
  const lasting = [
    'namespaces "moodle" already exists',
    "Deployment.apps is invalid: spec.selector: field is immutable",
    'Helm release "moodle/moodle" was created, but failed to initialize completely',
    "another operation (install/upgrade/rollback) is in progress",
    "transport is closing",
  ];

  it("is what a new cluster says until everything of it is known", () => {
    expect(passing.filter((refusal) => !passesInCluster(refusal))).to.deep.equal([]);
  });

  it("is nothing that a person has to look at", () => {
    expect(lasting.filter(passesInCluster)).to.deep.equal([]);
  });
});
