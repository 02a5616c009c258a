import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import {
  GetRequiredPackagesResponse,
  GetRequiredPluginsResponse,
  LanguageHandshakeResponse,
  type LanguageHandshakeRequest,
  type RunPluginRequest,
  type RunPluginResponse,
  type RunRequest,
  type RunResponse,
} from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { version } from "@pulumi/pulumi/package.json";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Children } from "./children";
import { runPlugin } from "./runPlugin";
import { runProgram } from "./runProgram";

type Unary<Request, Response> = grpc.handleUnaryCall<Request, Response>;

/**
 * Serves Pulumi's LanguageRuntime for Node programs, and returns the port. What is not here (code generation,
 * templates, `pulumi about`) is answered with UNIMPLEMENTED, which the engine takes for "can't do that".
 */
export async function serveLanguageHost(engineAddress: string, children: Children): Promise<number> {
  let engine = engineAddress;
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });

  const handshake: Unary<LanguageHandshakeRequest, LanguageHandshakeResponse> = (call, answer) => {
    engine = call.request.getEngineAddress() || engine;
    answer(null, new LanguageHandshakeResponse());
  };
  const getPluginInfo: Unary<Empty, PluginInfo> = (_call, answer) => {
    const info = new PluginInfo();
    info.setVersion(version);
    answer(null, info);
  };
  // The engine looks for a plugin when a resource needs it; naming them here would only ask for unused ones.
  const getRequiredPackages: Unary<unknown, GetRequiredPackagesResponse> = (_call, answer) =>
    answer(null, new GetRequiredPackagesResponse());
  const getRequiredPlugins: Unary<unknown, GetRequiredPluginsResponse> = (_call, answer) =>
    answer(null, new GetRequiredPluginsResponse());
  const run: Unary<RunRequest, RunResponse> = (call, answer) => {
    call.on("cancelled", () => children.interrupt());
    void runProgram(call.request, engine, children).then((response) => answer(null, response));
  };
  const streamPlugin: grpc.handleServerStreamingCall<RunPluginRequest, RunPluginResponse> = (call) => {
    runPlugin(call, children).then(
      () => call.end(),
      (error: Error) => call.destroy(Object.assign(error, { code: grpc.status.UNKNOWN })),
    );
  };
  const cancel: Unary<Empty, Empty> = (_call, answer) => {
    children.interrupt();
    answer(null, new Empty());
  };

  server.addService(LanguageRuntimeService, {
    handshake,
    getPluginInfo,
    getRequiredPackages,
    getRequiredPlugins,
    run,
    runPlugin: streamPlugin,
    // The packages are installed by npm, with everything else of this repository.
    installDependencies: (call: grpc.ServerWritableStream<unknown, unknown>) => call.end(),
    cancel,
  });
  return new Promise((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    ),
  );
}
