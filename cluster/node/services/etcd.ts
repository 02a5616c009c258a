import { ports } from "../addresses";
import { flags, type Service } from "../service";

export function etcd(): Service {
  const client = `http://127.0.0.1:${ports.etcd}`;
  return {
    name: "etcd",
    // A node that ends takes its state with it, so nothing has to survive a power cut.
    command: ["/opt/etcd/server", ...flags({ "data-dir": "/var/lib/etcd", "listen-client-urls": client, "advertise-client-urls": client, "unsafe-no-fsync": true })],
  };
}
