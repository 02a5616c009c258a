import { setCommand } from "../problem";
import { inMiB } from "../size";
import { rule } from "./rule";

/**
 * Small-file metadata on NFS shares is the known wall of Moodle on a shared file system: every file is a look-up and
 * an open over the network. Above this many users sites move to an object store. An estimate.
 */
const ofASharedFileSystem = { users: 1000, because: "a file system over the network is slow with Moodle's many small files" };

/** One pod computes for so many on the 15 processors that a usual large node has left for it. An estimate, from the plan's own. */
const ofOnePod = { users: 2000, because: "one pod serves everybody" };

const limits = { objectfs: { users: Infinity, because: "" }, shared: ofASharedFileSystem, block: ofOnePod };

export const sizes = [
  rule(["files", "concurrentUsers"], ({ files: { mode }, concurrentUsers }) => {
    const { users, because } = limits[mode];
    if (concurrentUsers <= users) return [];
    return [
      {
        key: "moodle:files.mode",
        message: `"${mode}" was given with ${concurrentUsers} concurrent users; it is allowed up to ${users}, because ${because}`,
        remedy: setCommand("moodle:files.mode", "objectfs"),
      },
    ];
  }),

  rule(["sizing"], ({ sizing: { webReplicasMin: least, webReplicasMax: most } }) =>
    least === undefined || most === undefined || least <= most
      ? []
      : [
          {
            key: "moodle:sizing.webReplicasMax",
            message: `${most} was given; allowed is at least webReplicasMin, which is ${least}`,
            remedy: setCommand("moodle:sizing.webReplicasMax", String(least)),
          },
        ],
  ),

  rule(["database"], ({ database: { storage, storageLimit } }) =>
    inMiB(storage) <= inMiB(storageLimit)
      ? []
      : [
          {
            key: "moodle:database.storageLimit",
            message: `is "${storageLimit}"; allowed is at least database.storage, which is "${storage}"`,
            remedy: setCommand("moodle:database.storageLimit", storage),
          },
        ],
  ),

  rule(["network"], ({ network: { range } }) => (isUsable(range) ? [] : [unusable(range)])),
];

const privateRange = /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.)/;

/** A private range that every cloud's network takes, and that can be cut into subnets large enough. */
function isUsable(range: string): boolean {
  const [address, length] = range.split("/") as [string, string];
  const first = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return Number(length) >= 16 && Number(length) <= 18 && first % 2 ** (32 - Number(length)) === 0 && privateRange.test(address);
}

function unusable(range: string) {
  return {
    key: "moodle:network.range",
    message: `"${range}" was given; allowed is a private range from /16 to /18 that begins at its own boundary, such as 10.64.0.0/16`,
    remedy: `${setCommand("moodle:network.range", "10.64.0.0/16")}`,
  };
}
