import { addresses, certificate, key, kubeconfigOf } from "../addresses";
import { kubeconfig } from "../kubeconfig";
import { fileOf, flags, json, type Service } from "../service";
import { containerdSocket } from "./containerd";

export function kubelet(node: string): Service {
  const user = "kubelet";
  const configuration = {
    kind: "KubeletConfiguration",
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    containerRuntimeEndpoint: `unix://${containerdSocket}`,
    cgroupDriver: "cgroupfs",
    // The whole tree of groups that the node sees is its own.
    cgroupRoot: "/",
    failCgroupV1: false,
    failSwapOn: false,
    // Not everybody may make a process less likely to be killed than others.
    oomScoreAdj: 0,
    clusterDNS: [addresses.dns],
    clusterDomain: "cluster.local",
    resolvConf: fileOf("resolv.conf"),
    podCIDR: addresses.pods,
    tlsCertFile: certificate("kubeletServer"),
    tlsPrivateKeyFile: key("kubeletServer"),
    authentication: { anonymous: { enabled: false }, webhook: { enabled: true }, x509: { clientCAFile: certificate("ca") } },
    authorization: { mode: "Webhook" },
    volumePluginDir: "/var/lib/kubelet/volume-plugins",
    // The disk is this machine's, and how full it is not the node's affair; and no image comes back that was taken away.
    imageGCHighThresholdPercent: 100,
    evictionHard: { "memory.available": "100Mi", "nodefs.available": "0%", "nodefs.inodesFree": "0%", "imagefs.available": "0%" },
  };
  return {
    name: "kubelet",
    files: { [`kubeconfigs/${user}`]: kubeconfig(user), "kubelet.json": json(configuration), "resolv.conf": "" },
    command: [
      "/opt/kubernetes/kubelet",
      ...flags({ config: fileOf("kubelet.json"), kubeconfig: kubeconfigOf(user), "hostname-override": node, "node-ip": addresses.node, "root-dir": "/var/lib/kubelet" }),
    ],
  };
}
