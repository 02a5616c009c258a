import type * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";

import type { ClockCall } from "../clock/client";
import { PartialFailure, toServiceError, withoutSecrets } from "./failures";
import { type JournalOperation, record } from "./journal";
import type { Session } from "./session";
import { sdkVersion } from "./sdkFacts";
import * as configuration from "./configuration";
import * as resources from "./resources";
import type { Received } from "./wire";

/** What a handler says about a call that reached the cloud, for the journal. */
export interface Journaled {
  readonly op: JournalOperation;
  readonly type: string;
  readonly name: string;
  readonly urn: string;
}

/** A handler's request and answer, and what to tell the engine's user if it fails. */
export interface Work<Response> {
  /** Everything secret in the request, to be kept out of messages. */
  readonly received: readonly Received[];
  readonly journal: Journaled | undefined;
  run(call: ClockCall): Promise<{ readonly response: Response; readonly id?: string }>;
}

type Handler<Request, Response> = (session: Session, request: Request) => Work<Response>;

/** The calls the engine makes of a provider, for one simulated cloud. The others stay unimplemented, which it understands. */
export function providerService(session: Session): grpc.UntypedServiceImplementation {
  const unary = <Request, Response>(work: Handler<Request, Response>): grpc.handleUnaryCall<Request, Response> => {
    return (call, callback) => {
      answer(session, () => work(session, call.request)).then(
        (response) => callback(null, response),
        (failure: grpc.ServiceError) => callback(failure),
      );
    };
  };
  const simple = <Request, Response>(work: (request: Request) => Response): grpc.handleUnaryCall<Request, Response> => {
    return (call, callback) => callback(null, work(call.request));
  };
  return {
    handshake: simple(configuration.handshake),
    getPluginInfo: simple(() => new PluginInfo().setVersion(sdkVersion(session.cloud.name))),
    attach: simple(() => new Empty()),
    cancel: simple(() => {
      session.cancel();
      return new Empty();
    }),
    checkConfig: unary(configuration.checkConfig),
    diffConfig: unary(configuration.diffConfig),
    configure: unary(configuration.configure),
    invoke: unary(configuration.invoke),
    check: unary(resources.check),
    diff: unary(resources.diff),
    create: unary(resources.create),
    read: unary(resources.read),
    update: unary(resources.update),
    delete: unary(resources.remove),
  } satisfies Partial<Record<keyof IResourceProviderServer, unknown>>;
}

async function answer<Response>(session: Session, prepare: () => Work<Response>): Promise<Response> {
  const call = await session.clock.begin();
  const start = call.now;
  let work: Work<Response> | undefined;
  try {
    work = prepare();
    const { response, id } = await work.run(call);
    note(session, work, { id: id ?? "", start, end: call.now, outcome: "ok" });
    return response;
  } catch (error) {
    const received = work?.received ?? [];
    const outcome = error instanceof PartialFailure ? "partial" : "failed";
    const id = error instanceof PartialFailure ? error.id : "";
    const message = withoutSecrets(error instanceof Error ? error.message : String(error), received);
    if (work !== undefined) note(session, work, { id, start, end: call.now, outcome, error: message });
    throw toServiceError(error, received);
  } finally {
    call.end();
  }
}

interface Ending {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly outcome: "ok" | "failed" | "partial";
  readonly error?: string;
}

function note<Response>(session: Session, work: Work<Response>, ending: Ending): void {
  if (work.journal === undefined) return;
  const { type } = work.journal;
  // Some random values are their own id, and a secret.
  const id = session.cloud.stateless === true ? "" : ending.id;
  const assumed = work.journal.op !== "invoke" && work.journal.op !== "read" && session.latencyOf(type).assumed;
  const entry = { provider: session.cloud.name, ...work.journal, ...ending, id };
  record(session.cloudFolder, assumed ? { ...entry, assumed } : entry);
}
