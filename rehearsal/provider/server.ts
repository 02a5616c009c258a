import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";

import { providerService } from "./service";
import type { Session } from "./session";

/** A provider that listens. */
export interface ProviderServer {
  readonly port: number;
  stop(): void;
}

/** Serves a simulated cloud on a free port of 127.0.0.1. */
export function serveProvider(session: Session): Promise<ProviderServer> {
  // The engine sends states far larger than Node's default of 4 MB.
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(ResourceProviderService, providerService(session));
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error !== null) reject(error);
      else resolve({ port, stop: () => server.forceShutdown() });
    });
  });
}
