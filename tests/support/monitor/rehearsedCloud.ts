import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type ClockCall, connectClock } from "../../../rehearsal/clock/client";
import type { Cloud } from "../../../rehearsal/provider/behaviour";
import { checkInputs } from "../../../rehearsal/provider/check";
import { parsedConfig } from "../../../rehearsal/provider/configuration";
import { create } from "../../../rehearsal/provider/operations";
import { previewCreate } from "../../../rehearsal/provider/preview";
import { read } from "../../../rehearsal/provider/read";
import { Session } from "../../../rehearsal/provider/session";
import { receive, send } from "../../../rehearsal/provider/wire";
import type { CreateRequest, Simulation } from "./simulation";
import { decodeMap, encodeMap, type PropertyMap } from "./value";

/**
 * A simulated cloud of the rehearsal, asked directly instead of through the engine, on a clock that takes no time. What it
 * refuses, a rehearsal refuses.
 */
export class RehearsedCloud implements Simulation {
  private readonly sessions = new Map<string, Session>();
  private readonly clock;

  /** @param folder where it keeps what it holds; empty at the start of a run. */
  constructor(
    private readonly cloud: Cloud,
    private readonly folder: string,
  ) {
    this.clock = connectClock(folder);
  }

  async check(request: CreateRequest): Promise<string[]> {
    const { problems } = await this.during(request, (session, call) => checked(session, request, call));
    return problems.map(({ property, reason }) => (property === "" ? reason : `${property}: ${reason}`));
  }

  preview(request: CreateRequest): Promise<PropertyMap> {
    return this.during(request, async (session, call) => {
      const { inputs } = await checked(session, request, call);
      const { outputs, secrets } = previewCreate(session, request.type, { value: inputs, secrets: received(request.inputs).secrets });
      return decodeMap(send(outputs, secrets).toJavaScript());
    });
  }

  create(request: CreateRequest): Promise<{ id: string; outputs: PropertyMap }> {
    return this.during(request, async (session, call) => {
      const { inputs } = await checked(session, request, call);
      const news = { value: inputs, secrets: received(request.inputs).secrets };
      const { id, outputs, secrets } = await create(session, { ...request, timeout: 0 }, news, call);
      return { id, outputs: decodeMap(send(outputs, secrets).toJavaScript()) };
    });
  }

  read(request: CreateRequest, id: string): Promise<PropertyMap> {
    return this.during(request, async (session, call) => {
      const state = received(request.inputs);
      const found = await read(session, { ...request, timeout: 0 }, id, state, receive(undefined), call);
      if (found.id === "") throw new Error(`the simulated ${this.cloud.name} holds no ${request.type} ${id}`);
      return decodeMap(send(found.outputs, found.secrets).toJavaScript());
    });
  }

  async invoke(token: string, args: PropertyMap, providerConfig: PropertyMap): Promise<PropertyMap | undefined> {
    const known = this.cloud.invokes[token];
    if (known === undefined) return undefined;
    const session = await this.session(providerConfig);
    const { value, secrets } = received(args);
    const objects = session.objects(this.cloud.name);
    const result = known(value, { config: session.config, objects, cloud: (name) => session.objects(name), now: 0 });
    return decodeMap(send(result, secrets).toJavaScript());
  }

  private async during<Result>(request: CreateRequest, work: (session: Session, call: ClockCall) => Promise<Result>): Promise<Result> {
    const session = await this.session(request.providerConfig);
    const call = await session.clock.begin();
    try {
      return await work(session, call);
    } finally {
      call.end();
    }
  }

  private async session(providerConfig: PropertyMap): Promise<Session> {
    const key = JSON.stringify(encodeMap(providerConfig));
    const known = this.sessions.get(key);
    if (known !== undefined) return known;
    const session = new Session(this.cloud, this.folder, await this.clock);
    session.configure(parsedConfig(received(providerConfig).value));
    this.sessions.set(key, session);
    return session;
  }
}

// The seed is the resource's own, so that automatic names are the same in every run.
function checked(session: Session, request: CreateRequest, call: ClockCall) {
  const news = received(request.inputs);
  const asked = { olds: {}, news: news.value, seed: Buffer.from(request.urn), proposal: undefined };
  const context = session.context({ ...request, id: "", seed: request.urn, previous: undefined }, call, [news]);
  return checkInputs(session.cloud, session.factsOf(request.type), session.behaviourOf(request.type), asked, context);
}

function received(inputs: PropertyMap) {
  return receive(Struct.fromJavaScript(encodeMap(inputs)));
}
