import { inAmbientCluster, leftInCluster, notEndingWithCluster, withoutClusterIdentity } from "../support/graph/cluster";
import { onlyInOne } from "../support/graph/comparison";
import { duplicateUrns, notDescendingFrom, unfinishedComponents } from "../support/graph/parentage";
import { expectKept } from "../support/graph/promise";
import { unprotectedState } from "../support/graph/protection";
import { withoutReplacementTable } from "../support/graph/replacement";
import { deletableBeforeSafeguard } from "../support/graph/safeguard";
import { secretsInClear, secretsInReadablePlaces, unmarkedSecrets } from "../support/graph/secrets";
import { couplingsOfDataAndCluster } from "../support/graph/separation";
import type { ProgramGraph } from "../support/monitor/graph";
import { graphOf, type Stack } from "./stackProgram";

/** What may be ignored, and why: a change there is none that a person asked for. */
const ignoredForAReason: Record<string, string> = {
  "azure-native:dbforpostgresql:Server availabilityZone": "after a failover the zones of the two servers have changed places",
  "azure-native:dbforpostgresql:Server highAvailability.standbyAvailabilityZone": "after a failover the zones of the two servers have changed places",
  "azure-native:network:VirtualNetwork subnets": "each subnet is a resource of its own, and stands in its network as well",
  "gcp:compute/disk:Disk zone": "the region's list of zones may grow; a disk stays where it is",
  "gcp:sql/databaseInstance:DatabaseInstance settings.diskSize": "the storage grows by itself",
  "aws:ec2/subnet:Subnet availabilityZone": "the account's list of zones may grow or change its order; a subnet stays where it is",
  'aws:ebs/volume:Volume tags["eks:eks-cluster-name"]': "the tag by which the cluster may attach the disk is a resource of its own, so that the disk does not wait for the cluster",
};

/** The cloud whose clusters are there before and after. */
const broughtAlong = "existing";

/**
 * The unmodified program with a committed stack, in its own process, against a monitor in this one. It proves what the
 * program asks the engine for; that the engine then does it is proved by the rehearsal tests.
 */
export function describeProgram(stack: Stack): void {
  describe(`the program of stack ${stack.name}`, () => {
    let preview: ProgramGraph;
    let update: ProgramGraph;
    before(async () => {
      [preview, update] = await Promise.all([graphOf(stack, "preview"), graphOf(stack, "update")]);
    });

    it("puts everything under the platform, so that it can be used as a library", () => {
      expectKept("Everything descends from MoodlePlatform.", notDescendingFrom(update, "moodle:index:MoodlePlatform"));
    });

    it("gives every resource a URN of its own", () => {
      expectKept("No URN occurs twice.", duplicateUrns(update));
    });

    it("ends every component with its outputs", () => {
      expectKept("Every component registers its outputs.", unfinishedComponents(update));
    });

    it("shows every resource in the preview: none is created inside an apply", () => {
      expectKept("Preview and update register the same resources.", onlyInOne({ name: "in the preview", graph: preview }, { name: "in the update", graph: update }));
    });

    it("lets no secret out in clear", () => {
      expectKept("Passwords, tokens, keys and config secrets are secret wherever they appear.", secretsInClear(update));
    });

    it("marks what is named like a secret", () => {
      expectKept("A property named like a secret is one.", [...unmarkedSecrets(update), ...unmarkedSecrets(preview)]);
    });

    it("keeps secrets out of release values and ConfigMaps", () => {
      expectKept("What a cluster's readers can read holds no secret.", secretsInReadablePlaces(update));
    });

    it("protects what holds state", () => {
      expectKept("Nothing stateful can be deleted unless a person asked for exactly that.", unprotectedState(update));
    });

    it("keeps everything until the safeguard may go", () => {
      expectKept("A destroy that is refused has deleted nothing, with or without a preview.", deletableBeforeSafeguard(update));
    });

    it("holds state only where the rehearsal knows from provider source what replaces it", () => {
      expectKept("Every stateful type has a force-new table from source at a named version.", withoutReplacementTable(update));
    });

    if (stack.cloud === broughtAlong) {
      it("takes everything out of a cluster that stays", () => {
        expectKept("A destroy leaves nothing of the platform in the operator's cluster.", leftInCluster(update));
      });
    } else {
      it("joins data services and cluster by security rules and the release alone", () => {
        expectKept("Data services never wait for the cluster, nor it for them.", couplingsOfDataAndCluster(update));
      });

      it("lets what lives in the cluster end with it, and nothing in the cloud stay behind", () => {
        expectKept("A destroy neither hangs on a dying cluster nor leaves a load balancer.", notEndingWithCluster(update));
      });
    }

    it("deploys into its own cluster and no other", () => {
      expectKept("Every Kubernetes resource names its provider.", inAmbientCluster(update));
    });

    it("tells its cluster from others by more than its address", () => {
      expectKept("A cluster that moves is still the same cluster.", withoutClusterIdentity(update));
    });

    it("tries again what passes by itself, whatever it is made of", () => {
      expectKept(
        "Throttling and delays of propagation do not end an update.",
        update.resources
          .filter(({ custom, read, type, hooks }) => custom && !read && !type.startsWith("pulumi:") && hooks.onError?.some((hook) => hook.endsWith("-retries")) !== true)
          .map(({ type, name }) => `${type} ${name}`),
      );
    });

    it("ignores changes only where the cloud itself makes them", () => {
      expectKept(
        "Every ignored change has a recorded reason.",
        update.resources.flatMap(({ type, name, ignoreChanges }) =>
          ignoreChanges.filter((property) => ignoredForAReason[`${type} ${property}`] === undefined).map((property) => `${property} of ${type} ${name}`),
        ),
      );
    });

    it("warns of nothing", () => {
      expectKept("A run without problems is silent.", update.diagnostics.filter(({ severity }) => severity === "warning").map(({ message }) => message));
    });
  });
}
