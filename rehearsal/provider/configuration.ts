import * as rpc from "@pulumi/pulumi/proto/provider_pb";

import type { CloudObjects, ConfigDiff } from "./behaviour";
import { faultFor } from "./faults";
import { hasUnknown, isObject, type Properties, same, type Value } from "./properties";
import { checkFailures } from "./resources";
import type { Work } from "./service";
import type { Session } from "./session";
import { refuse, waitFor } from "./waiting";
import { receive, send } from "./wire";

/** The flags of the protocol. Outputs as such are not accepted, which implies that previews are answered by the provider. */
export function handshake(): rpc.ProviderHandshakeResponse {
  return new rpc.ProviderHandshakeResponse()
    .setAcceptSecrets(true)
    .setAcceptResources(true)
    .setAcceptOutputs(false)
    .setSupportsAutonamingConfiguration(true);
}

export function checkConfig(session: Session, request: rpc.CheckRequest): Work<rpc.CheckResponse> {
  const news = receive(request.getNews());
  return {
    received: [news],
    journal: undefined,
    run: async () => {
      const problems = session.cloud.checkConfig?.(parsedConfig(news.value)) ?? [];
      const inputs = send(news.value, news.secrets);
      return { response: new rpc.CheckResponse().setInputs(inputs).setFailuresList(checkFailures(problems)) };
    },
  };
}

export function diffConfig(session: Session, request: rpc.DiffRequest): Work<rpc.DiffResponse> {
  const olds = receive(request.getOldInputs() ?? request.getOlds());
  const news = receive(request.getNews());
  return {
    received: [olds, news],
    journal: undefined,
    run: async () => {
      const parsed = [parsedConfig(olds.value), parsedConfig(news.value)] as const;
      const { changes, replaces } = session.cloud.diffConfig?.(...parsed) ?? plainDiff(...parsed);
      const kind = changes.length > 0 ? rpc.DiffResponse.DiffChanges.DIFF_SOME : rpc.DiffResponse.DiffChanges.DIFF_NONE;
      return { response: new rpc.DiffResponse().setChanges(kind).setDiffsList([...changes]).setReplacesList([...replaces]) };
    },
  };
}

// The provider can be called for as long as anything of its configuration is unknown, but the engine does not then ask.
export function configure(session: Session, request: rpc.ConfigureRequest): Work<rpc.ConfigureResponse> {
  const args = receive(request.getArgs());
  return {
    received: [args],
    journal: undefined,
    run: async () => {
      session.configure(parsedConfig(args.value));
      const response = new rpc.ConfigureResponse()
        .setAcceptsecrets(true)
        .setAcceptresources(true)
        .setAcceptoutputs(false)
        .setSupportspreview(true)
        .setSupportsAutonamingConfiguration(true);
      return { response };
    },
  };
}

export function invoke(session: Session, request: rpc.InvokeRequest): Work<rpc.InvokeResponse> {
  const token = request.getTok();
  const args = receive(request.getArgs());
  return {
    received: [args],
    journal: { op: "invoke", type: token, name: "", urn: "" },
    run: async (call) => {
      const fault = faultFor(session.cloudFolder, "invoke", token, "");
      refuse(fault, token);
      await waitFor(0, fault, call, session.cancelled, session.deaths);
      const known = session.cloud.invokes[token];
      if (known === undefined) {
        const answered = Object.keys(session.cloud.invokes).join(", ") || "no function";
        throw new Error(`the simulated ${session.cloud.name} does not answer ${token}; it answers ${answered}`);
      }
      const cloud = (name: string): CloudObjects => session.objects(name);
      const context = { config: session.config, objects: cloud(session.cloud.name), cloud, now: call.now };
      const result = known(args.value, context);
      return { response: new rpc.InvokeResponse().setReturn(send(result, args.secrets)) };
    },
  };
}

/** Provider configuration with the JSON in its strings parsed: everything but text travels as JSON. */
export function parsedConfig(args: Properties): Properties {
  const parsed = (value: Value | undefined): Value | undefined => (typeof value === "string" ? parsedText(value) : value);
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, parsed(value)]));
}

function parsedText(text: string): Value {
  if (!/^(true|false|\d+(\.\d+)?|\[[\s\S]*\]|\{[\s\S]*\})$/.test(text.trim())) return text;
  try {
    const value = JSON.parse(text) as Value;
    return isObject(value) || Array.isArray(value) || typeof value === "boolean" ? value : text;
  } catch {
    return text;
  }
}

// A provider of a cloud may change its region or account only by being another provider.
function plainDiff(olds: Properties, news: Properties): ConfigDiff {
  const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
  const isChanged = (name: string): boolean => hasUnknown(news[name]) || !same(olds[name], news[name]);
  const changes = names.filter((name) => name !== "version" && isChanged(name));
  return { changes, replaces: changes.filter((name) => name === "region") };
}
