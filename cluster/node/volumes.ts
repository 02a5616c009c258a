const count = 8;
const storageClass = "node";

/** Folders of the node that are volumes. They start as root's, as many volumes do. */
export const volumeFolders: readonly string[] = Array.from({ length: count }, (_, index) => `/var/lib/volumes/${storageClass}-${index + 1}`);

/** A default class and some volumes of it: nothing makes volumes here, so that they are made beforehand. */
export function volumes(node: string): object[] {
  const metadata = { name: storageClass, annotations: { "storageclass.kubernetes.io/is-default-class": "true" } };
  return [
    { apiVersion: "storage.k8s.io/v1", kind: "StorageClass", metadata, provisioner: "kubernetes.io/no-provisioner", volumeBindingMode: "WaitForFirstConsumer" },
    ...volumeFolders.map((folder) => volume(folder, node)),
  ];
}

function volume(folder: string, node: string): object {
  const expression = { key: "kubernetes.io/hostname", operator: "In", values: [node] };
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: folder.slice(folder.lastIndexOf("/") + 1) },
    spec: {
      // What is asked for, not what there is room for.
      capacity: { storage: "1Ti" },
      accessModes: ["ReadWriteOnce", "ReadWriteMany"],
      persistentVolumeReclaimPolicy: "Retain",
      storageClassName: storageClass,
      local: { path: folder },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [expression] }] } },
    },
  };
}
