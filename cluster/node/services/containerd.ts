import { addresses } from "../addresses";
import { fileOf, json, type Service } from "../service";

export const containerdSocket = "/run/containerd/containerd.sock";

/** The image whose container holds a pod's namespaces. */
export const pauseImage = "localhost/pause:1";

const settings = `version = 2
root = "/var/lib/containerd"
state = "/run/containerd"

[grpc]
  address = "${containerdSocket}"

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${pauseImage}"
  # Without the right to lower it every sandbox would fail.
  restrict_oom_score_adj = true
  disable_apparmor = true

  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    default_runtime_name = "runc"

    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"

      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        SystemdCgroup = false

  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${fileOf("network")}"
`;

const network = {
  cniVersion: "1.0.0",
  name: "pods",
  plugins: [
    {
      type: "bridge",
      bridge: "pods0",
      isGateway: true,
      ipMasq: true,
      // A pod reaches itself through its own Service.
      hairpinMode: true,
      ipam: { type: "host-local", ranges: [[{ subnet: addresses.pods }]], routes: [{ dst: "0.0.0.0/0" }] },
    },
    { type: "portmap", capabilities: { portMappings: true } },
  ],
};

export function containerd(): Service {
  return {
    name: "containerd",
    files: { "containerd.toml": settings, "network/10-pods.conflist": json(network) },
    command: ["/usr/bin/containerd", "--config", fileOf("containerd.toml")],
  };
}
