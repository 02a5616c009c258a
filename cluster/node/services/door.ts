import { addresses, ports } from "../addresses";
import { fileOf, type Service } from "../service";

/** Where this machine's own network can be entered from inside the node. */
export const machineNetwork = "/run/machine-network";

/** The socket below `/node` that leads to any address of the node's network. */
export const doorSocket = "door.sock";

/** Lets this machine in: to the API server by a port of its loopback address, and to everything else by a socket. */
export function door(port: number): Service {
  const target = `${addresses.node}:${ports.api}`;
  return { name: "door", command: ["nsenter", `--net=${machineNetwork}`, "--", "/opt/own/door", "open", `127.0.0.1:${port}`, target, fileOf(doorSocket)] };
}
