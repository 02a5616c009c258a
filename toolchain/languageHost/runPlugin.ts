import type { ServerWritableStream } from "@grpc/grpc-js";
import { RunPluginResponse, type RunPluginRequest } from "@pulumi/pulumi/proto/language_pb";
import type { Children } from "./children";
import { locateInSdk } from "./runProgram";
import { optionVariables, runtimeOptions } from "./runtimeOptions";

type Call = ServerWritableStream<RunPluginRequest, RunPluginResponse>;

/**
 * Runs a plugin written for Node, a policy pack or a component provider, and streams what it prints and its exit code.
 * The engine ends it by cancelling the call.
 */
export async function runPlugin(call: Call, children: Children): Promise<void> {
  const request = call.request;
  const info = request.getInfo();
  if (!info) throw new Error("the engine did not say where the plugin is");
  const isPolicyPack = request.getKind() === "analyzer";
  const folder = info.getProgramDirectory();
  const options = runtimeOptions(info);
  const args = isPolicyPack
    ? [...options.nodeargs, locateInSdk("cmd/run-policy-pack", info), ...request.getArgsList(), folder]
    : [...options.nodeargs, locateInSdk("cmd/run-plugin", info), folder, ...request.getArgsList()];
  const child = children.start(args, {
    cwd: isPolicyPack ? folder : request.getPwd(),
    env: { ...environmentOf(request), ...optionVariables(options) },
  });
  call.on("cancelled", () => child.kill("SIGKILL"));
  child.stdout?.on("data", (data: Buffer) => call.write(responseWith((response) => response.setStdout(data))));
  child.stderr?.on("data", (data: Buffer) => call.write(responseWith((response) => response.setStderr(data))));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  call.write(responseWith((response) => response.setExitcode(code ?? 1)));
}

function responseWith(fill: (response: RunPluginResponse) => void): RunPluginResponse {
  const response = new RunPluginResponse();
  fill(response);
  return response;
}

function environmentOf(request: RunPluginRequest): NodeJS.ProcessEnv {
  return Object.fromEntries(
    request.getEnvList().map((entry) => {
      const at = entry.indexOf("=");
      return [entry.slice(0, at), entry.slice(at + 1)];
    }),
  );
}
