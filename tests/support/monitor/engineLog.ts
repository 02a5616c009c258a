import type { IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Diagnostic } from "./graph";

/** The part of the engine that takes the program's log. Debug lines are dropped: the SDK itself puts secrets into them. */
export class EngineLog {
  readonly diagnostics: Diagnostic[] = [];
  private root = "";

  /** The methods under which gRPC calls the engine. */
  service(): IEngineServer {
    return {
      log: (call, callback) => {
        const severity = severities[call.request.getSeverity()];
        if (severity !== undefined) {
          this.diagnostics.push({ severity, message: call.request.getMessage(), urn: call.request.getUrn() || undefined });
        }
        callback(null, new Empty());
      },
      getRootResource: (_call, callback) => callback(null, new messages.GetRootResourceResponse().setUrn(this.root)),
      setRootResource: (call, callback) => {
        this.root = call.request.getUrn();
        callback(null, new messages.SetRootResourceResponse());
      },
      startDebugging: (_call, callback) => callback(null, new Empty()),
      requirePulumiVersion: (_call, callback) => callback(null, new messages.RequirePulumiVersionResponse()),
    };
  }
}

const severities: Record<number, Diagnostic["severity"] | undefined> = {
  [messages.LogSeverity.INFO]: "info",
  [messages.LogSeverity.WARNING]: "warning",
  [messages.LogSeverity.ERROR]: "error",
};
