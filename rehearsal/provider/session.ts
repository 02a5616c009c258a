import type { Behaviour, Cloud, CloudObject, CloudObjects, Context, Placed } from "./behaviour";
import type { Clock, ClockCall } from "../clock/client";
import { type Deaths, deaths as realDeaths } from "./deaths";
import { defaultLatency } from "./defaultLatency";
import { holderOf } from "./endpoint";
import { withoutSecrets } from "./failures";
import type { Properties } from "./properties";
import { SeededRandom } from "./random";
import { sdkFacts, type TypeFacts } from "./sdkFacts";
import { keyOf, lookUp, Store, storesOf } from "./store";
import type { Received } from "./wire";

/** Which resource a call is about, and what of it is known. */
export interface Subject {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  readonly id: string;
  readonly seed: string;
  readonly previous: Properties | undefined;
  /** In minutes. */
  readonly timeout?: number;
}

/** What one provider process knows between calls. */
export class Session {
  config: Properties = {};
  store: Store;
  private readonly cancelling = new AbortController();

  constructor(
    readonly cloud: Cloud,
    readonly cloudFolder: string,
    readonly clock: Clock,
    /** Replaced by tests that share the process. */
    readonly deaths: Deaths = realDeaths,
  ) {
    this.store = new Store(cloudFolder, cloud.name);
  }

  configure(config: Properties): void {
    this.config = config;
    this.store = new Store(this.cloudFolder, this.cloud.storeName?.(config) ?? this.cloud.name);
  }

  get cancelled(): AbortSignal {
    return this.cancelling.signal;
  }

  /** Ends every wait. Calls that begin later are not affected until they wait. */
  cancel(): void {
    this.cancelling.abort(new Error("the operation was cancelled"));
  }

  behaviourOf(type: string): Behaviour | undefined {
    return this.cloud.behaviours[type] ?? this.cloud.behaviourOf?.(type);
  }

  factsOf(type: string): TypeFacts | undefined {
    return this.cloud.factsOf?.(type) ?? sdkFacts(type);
  }

  latencyOf(type: string): { readonly latency: Behaviour["latency"]; readonly assumed: boolean } {
    const latency = this.behaviourOf(type)?.latency ?? defaultLatency(type);
    return { latency, assumed: latency.source.basis === "assumed" };
  }

  /** The objects of this or another simulated cloud of the same rehearsal. */
  objects(provider: string): CloudObjects {
    return lookUp(provider === this.cloud.name ? [this.store] : storesOf(this.cloudFolder, provider));
  }

  /** @param received what the call was told, so that nothing secret of it is repeated */
  context(subject: Subject, call: ClockCall, received: readonly Received[]): Context {
    const signal = this.cancelled;
    const start = call.now;
    const storeOf = (provider = this.cloud.name): Store =>
      provider === this.cloud.name ? this.store : new Store(this.cloudFolder, provider);
    return {
      provider: this.cloud.name,
      type: subject.type,
      urn: subject.urn,
      name: subject.name,
      id: subject.id,
      previous: subject.previous,
      patience: (byDefault) => Math.max(0, (subject.timeout ?? byDefault) - (call.now - start)),
      config: this.config,
      objects: this.objects(this.cloud.name),
      random: new SeededRandom(subject.seed),
      get now() {
        return call.now;
      },
      get timestamp() {
        return new Date(Date.now() + call.now * 60_000).toISOString().replace(/\.\d+Z$/, "Z");
      },
      cloud: (provider) => this.objects(provider),
      holderOf: (host) => holderOf(this.cloudFolder, host),
      put: (object, provider) => storeOf(provider).put(placed(object, subject, call.now)),
      drop: (type, id, provider) => storeOf(provider).update((objects) => objects.delete(keyOf(type, id))),
      redact: (text) => withoutSecrets(text, received),
      cancelled: signal,
      sleep: (minutes) => call.sleep(minutes, signal),
      until: (condition, minutes) => waitUntil(condition, minutes, call, signal),
    };
  }
}

function placed(object: Placed, { seed }: Subject, createdAt: number): CloudObject {
  return { status: "ready", ...object, urn: "", seed: `${seed}\0${object.type}\0${object.id}`, inputs: {}, createdAt };
}

const LOOK_EVERY = 1 / 6;

async function waitUntil(
  condition: () => boolean,
  minutes: number,
  call: ClockCall,
  signal: AbortSignal,
): Promise<boolean> {
  const deadline = call.now + minutes;
  while (!condition()) {
    const left = deadline - call.now;
    if (left <= 1e-9) return false;
    await call.sleep(Math.min(LOOK_EVERY, left), signal);
  }
  return true;
}
