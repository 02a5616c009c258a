import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { connectClock } from "../../../rehearsal/clock/client";
import type { Cloud } from "../../../rehearsal/provider/behaviour";
import type { Properties } from "../../../rehearsal/provider/properties";
import { serveProvider } from "../../../rehearsal/provider/server";
import type { Deaths } from "../../../rehearsal/provider/deaths";
import { Session } from "../../../rehearsal/provider/session";
import { type Received, receive, send, topLevel } from "../../../rehearsal/provider/wire";

/** What a create or update came to: its outputs, or the failure with what the engine would keep. */
export interface Outcome {
  readonly id: string;
  readonly outputs: Properties;
  readonly secrets: ReadonlySet<string>;
  readonly error: string | undefined;
  /** Reasons of a partial failure; `undefined` when nothing was made or nothing failed. */
  readonly reasons: readonly string[] | undefined;
}

/** A resource in a test: type token and logical name. */
export interface Resource {
  readonly type: string;
  readonly name: string;
}

/** A client of a simulated provider that is served by this very process, over the real protocol. */
export class ProviderClient {
  private constructor(
    readonly session: Session,
    readonly client: ResourceProviderClient,
    private readonly close: () => void,
  ) {}

  static async start(cloud: Cloud, folder: string, died: (what: keyof Deaths) => void = () => undefined): Promise<ProviderClient> {
    const clock = await connectClock(folder);
    const session = new Session(cloud, folder, clock, { provider: () => died("provider"), engine: () => died("engine"), program: () => died("program") });
    const server = await serveProvider(session);
    const client = new ResourceProviderClient(`127.0.0.1:${server.port}`, grpc.credentials.createInsecure());
    return new ProviderClient(session, client, () => {
      client.close();
      server.stop();
      clock.close();
    });
  }

  stop(): void {
    this.close();
  }

  async configure(args: Properties): Promise<rpc.ConfigureResponse> {
    const request = new rpc.ConfigureRequest().setArgs(send(args, new Set()));
    return ask((done) => this.client.configure(request, done));
  }

  async check(resource: Resource, news: Properties, options: { olds?: Properties; seed?: string; secrets?: readonly string[] } = {}): Promise<Received & { failures: readonly string[] }> {
    const request = new rpc.CheckRequest()
      .setUrn(urnOf(resource))
      .setType(resource.type)
      .setName(resource.name)
      .setNews(send(news, topLevel(options.secrets ?? [])))
      .setRandomseed(Buffer.from(options.seed ?? "seed"));
    if (options.olds !== undefined) request.setOlds(send(options.olds, new Set()));
    const response = await ask<rpc.CheckResponse>((done) => this.client.check(request, done));
    return { ...receive(response.getInputs()), failures: response.getFailuresList().map((failure) => `${failure.getProperty()}: ${failure.getReason()}`) };
  }

  async diff(resource: Resource, oldInputs: Properties, news: Properties, ignore: readonly string[] = []): Promise<rpc.DiffResponse.AsObject & { detail: Record<string, number> }> {
    const request = new rpc.DiffRequest()
      .setUrn(urnOf(resource))
      .setType(resource.type)
      .setName(resource.name)
      .setOldInputs(send(oldInputs, new Set()))
      .setNews(send(news, new Set()))
      .setIgnorechangesList([...ignore]);
    const response = await ask<rpc.DiffResponse>((done) => this.client.diff(request, done));
    const detail: Record<string, number> = {};
    response.getDetaileddiffMap().forEach((change, name) => (detail[name] = change.getKind()));
    return { ...response.toObject(), detail };
  }

  async create(resource: Resource, inputs: Properties, options: { secrets?: readonly string[]; preview?: boolean; timeout?: number } = {}): Promise<Outcome> {
    const request = new rpc.CreateRequest()
      .setUrn(urnOf(resource))
      .setType(resource.type)
      .setName(resource.name)
      .setPreview(options.preview ?? false)
      .setTimeout(options.timeout ?? 0)
      .setProperties(send(inputs, topLevel(options.secrets ?? [])));
    return outcome<rpc.CreateResponse>((done) => this.client.create(request, done), (response) => response.getId());
  }

  async update(resource: Resource, id: string, olds: Properties, oldInputs: Properties, news: Properties, options: { preview?: boolean } = {}): Promise<Outcome> {
    const request = new rpc.UpdateRequest()
      .setId(id)
      .setUrn(urnOf(resource))
      .setType(resource.type)
      .setName(resource.name)
      .setPreview(options.preview ?? false)
      .setOlds(send(olds, new Set()))
      .setOldInputs(send(oldInputs, new Set()))
      .setNews(send(news, new Set()));
    return outcome<rpc.UpdateResponse>((done) => this.client.update(request, done), () => id);
  }

  async read(resource: Resource, id: string, state: Properties = {}, inputs: Properties = {}, secrets: readonly string[] = []): Promise<{ id: string; state: Received; inputs: Received }> {
    const request = new rpc.ReadRequest()
      .setId(id)
      .setUrn(urnOf(resource))
      .setType(resource.type)
      .setName(resource.name)
      .setProperties(send(state, topLevel(secrets)))
      .setInputs(send(inputs, topLevel(secrets)));
    const response = await ask<rpc.ReadResponse>((done) => this.client.read(request, done));
    return { id: response.getId(), state: receive(response.getProperties()), inputs: receive(response.getInputs()) };
  }

  /** The error's message; `undefined` when the deletion went well. */
  async delete(resource: Resource, id: string, state: Properties = {}): Promise<string | undefined> {
    const request = new rpc.DeleteRequest().setId(id).setUrn(urnOf(resource)).setType(resource.type).setName(resource.name).setProperties(send(state, new Set()));
    return ask<Empty>((done) => this.client.delete(request, done)).then(
      () => undefined,
      (error: grpc.ServiceError) => error.details,
    );
  }

  async invoke(token: string, args: Properties = {}): Promise<Properties> {
    const request = new rpc.InvokeRequest().setTok(token).setArgs(send(args, new Set()));
    const response = await ask<rpc.InvokeResponse>((done) => this.client.invoke(request, done));
    return receive(response.getReturn()).value;
  }

  async cancel(): Promise<void> {
    await ask<Empty>((done) => this.client.cancel(new Empty(), done));
  }
}

/** A cloud folder for each test of a suite, removed after it. */
export function cloudFolders(): () => string {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "cloud-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  return () => folder;
}

export function urnOf({ type, name }: Resource): string {
  return `urn:pulumi:test::moodle::${type}::${name}`;
}

function ask<Response>(call: (done: (error: grpc.ServiceError | null, response: Response) => void) => unknown): Promise<Response> {
  return new Promise((resolve, reject) => call((error, response) => (error === null ? resolve(response) : reject(error))));
}

async function outcome<Response extends { getProperties(): Parameters<typeof receive>[0] }>(
  call: (done: (error: grpc.ServiceError | null, response: Response) => void) => unknown,
  idOf: (response: Response) => string,
): Promise<Outcome> {
  try {
    const response = await ask<Response>(call);
    const { value, secrets } = receive(response.getProperties());
    return { id: idOf(response), outputs: value, secrets, error: undefined, reasons: undefined };
  } catch (thrown) {
    const error = thrown as grpc.ServiceError;
    const [details] = error.metadata.get("grpc-status-details-bin");
    if (details === undefined) return { id: "", outputs: {}, secrets: new Set(), error: error.details, reasons: undefined };
    const [packed] = Status.deserializeBinary(Buffer.from(details)).getDetailsList();
    const failed = packed?.unpack((bytes) => rpc.ErrorResourceInitFailed.deserializeBinary(bytes), "pulumirpc.ErrorResourceInitFailed");
    const { value, secrets } = receive(failed?.getProperties());
    return { id: failed?.getId() ?? "", outputs: value, secrets, error: error.details, reasons: failed?.getReasonsList() ?? [] };
  }
}
