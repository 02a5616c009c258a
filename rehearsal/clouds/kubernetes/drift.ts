import type { HandMadeChange } from "../../handMade";
import { object, type Properties } from "../../provider/properties";

/** What people do with kubectl where there is nothing but a cluster. A stack that has no such object is spared. */
export const handMadeChanges: readonly HandMadeChange[] = [
  {
    what: "let privileged pods into Moodle's namespace",
    type: "kubernetes:core/v1:Namespace",
    nameEnds: "-application-namespace",
    change: (namespace) => ({ ...namespace, outputs: { ...namespace.outputs, metadata: labelled(object(namespace.outputs, "metadata"), { "pod-security.kubernetes.io/enforce": "privileged" }) } }),
  },
  {
    what: "delete the Secret of Moodle's passwords",
    type: "kubernetes:core/v1:Secret",
    nameEnds: "-application-secrets",
    change: () => undefined,
  },
];

function labelled(metadata: Properties, labels: Properties): Properties {
  return { ...metadata, labels: { ...object(metadata, "labels"), ...labels } };
}
