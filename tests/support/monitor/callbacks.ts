import * as grpc from "@grpc/grpc-js";
import { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb";
import { type Callback, CallbackInvokeRequest } from "@pulumi/pulumi/proto/callback_pb";

/** Calls functions that the program registered with the engine: transforms and hooks. */
export class Callbacks {
  private readonly clients = new Map<string, CallbacksClient>();

  invoke(callback: Callback, request: Uint8Array): Promise<Uint8Array> {
    const call = new CallbackInvokeRequest();
    call.setToken(callback.getToken());
    call.setRequest(request);
    return new Promise((resolve, reject) => {
      this.client(callback.getTarget()).invoke(call, (error, response) => {
        if (error !== null) reject(new Error(error.details));
        else resolve(response.getResponse_asU8());
      });
    });
  }

  close(): void {
    for (const client of this.clients.values()) client.close();
  }

  private client(target: string): CallbacksClient {
    const known = this.clients.get(target);
    if (known !== undefined) return known;
    const client = new CallbacksClient(target, grpc.credentials.createInsecure());
    this.clients.set(target, client);
    return client;
  }
}
