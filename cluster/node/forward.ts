import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A port of this machine that leads to an address of a node's network, as long as this process lives. */
export interface Forward {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/** @param socket where the node's door is. @param target as `10.96.0.1:443` */
export function forward(socket: string, target: string): Promise<Forward> {
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const node = connect({ path: socket, allowHalfOpen: true });
    node.write(`${target}\n`);
    for (const [one, other] of [
      [client, node],
      [node, client],
    ] as const) {
      open.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => open.delete(one));
      one.pipe(other);
    }
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { address: host, port } = server.address() as AddressInfo;
      const close = (): Promise<void> =>
        new Promise((closed) => {
          server.close(() => closed());
          for (const one of open) one.destroy();
        });
      resolve({ host, port, close });
    });
  });
}
