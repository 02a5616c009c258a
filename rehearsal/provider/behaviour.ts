import type { CheckRequest } from "./check";
import type { Properties, Value } from "./properties";
import type { SeededRandom } from "./random";
import type { TypeFacts } from "./sdkFacts";

/** Where a number or a rule comes from. `assumed` ones are listed by the report as assumed. */
export interface Source {
  readonly basis: "measured" | "reported" | "assumed";
  /** A provider's source file and version, a run log, a vendor's page. */
  readonly from: string;
}

/** Simulated minutes, or how to find them from the inputs (Multi-AZ takes longer than one zone). */
export type Duration = number | ((inputs: Properties) => number);

/** How long a cloud takes, in simulated minutes, for each operation on one object. */
export interface Latency {
  readonly create: Duration;
  readonly update: Duration;
  readonly delete: Duration;
  readonly source: Source;
}

/** Input properties whose change replaces the object. */
export interface ForceNew {
  /**
   * Property paths without list indices: `kubernetesNetworkConfig.serviceIpv4Cidr`, `ingress.cidrBlocks`. A change at,
   * above or below a path replaces.
   */
  readonly paths: readonly string[];
  /** More paths, for changes that replace only in one direction (`valkey` back to `redis`) or under a provider setting. */
  readonly when?: (olds: Properties, news: Properties, config: Properties) => readonly string[];
  /** The rule of `when` in words: "`engineVersion` to a lower one". */
  readonly inWords?: string;
  /** A provider's repository, the version that the paths were compared with, and the file. */
  readonly source: string;
}

/** How the provider names an object the program did not name: `<logical name><separator><7 hex digits>`. */
export interface AutoName {
  readonly property: string;
  /** Longest name the cloud takes; the logical name is cut to fit. Default 255. */
  readonly maxLength?: number;
  /** Default `-`. */
  readonly separator?: string;
  /** Default false. */
  readonly lowercase?: boolean;
}

/** A refusal of the inputs. Reported by `Check`, so preview already fails. */
export interface Problem {
  /** The property at fault; empty for a problem of the whole resource. */
  readonly property: string;
  readonly reason: string;
}

/** One object in a simulated cloud. */
export interface CloudObject {
  readonly id: string;
  /** Pulumi type token. */
  readonly type: string;
  /** Logical name in the program. */
  readonly name: string;
  /** Empty for what came about beside a resource, which Pulumi does not know. */
  readonly urn: string;
  /**
   * `creating` from the API call on, so that a provider's death leaves what a real cloud would keep. `updating` only where
   * {@link Behaviour.heldByUpdates}.
   */
  readonly status: "creating" | "ready" | "updating" | "failed" | "deleting";
  /** As checked. Values the program marked secret are masked. */
  readonly inputs: Properties;
  /** Inputs and computed values together, as in Pulumi's state. Secrets are masked. */
  readonly outputs: Properties;
  /** Simulated minutes. */
  readonly createdAt: number;
  /** Makes {@link Context.random} the same for the object's whole life and different after a replacement. */
  readonly seed: string;
  /** See {@link Behaviour.uniqueBy}. */
  readonly uniqueKey?: string;
  /** The id of the object this one came with (a chart's Deployment names its release) and goes with. */
  readonly owner?: string;
  /** Why the cloud keeps it although it was deleted: "final snapshot", "pending deletion for 30 days". */
  readonly retained?: string;
  /** Of what is retained. */
  readonly upkeep?: Upkeep;
}

/** What it costs to leave something where it is, and how a person removes it. */
export interface Upkeep {
  readonly monthly: {
    /** By list price; absent where it depends on an amount that is not known. */
    readonly usd?: number;
    /** The arithmetic, or why it costs nothing. */
    readonly why: string;
  };
  /** The command. */
  readonly remove: string;
}

/** An object that comes about beside the one being made: by a controller, or as part of a release. */
export interface Placed {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly outputs: Properties;
  /** See {@link CloudObject.owner}. */
  readonly owner?: string;
  readonly retained?: string;
  readonly upkeep?: Upkeep;
  /** Default `ready`. */
  readonly status?: CloudObject["status"];
}

/** What a deletion leaves behind by design. An entry with the deleted object's own id keeps that object as retained. */
export interface Retained {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly reason: string;
  readonly upkeep: Upkeep;
  readonly outputs?: Properties;
}

/** Read-only look-ups in one cloud. Retained objects and those being deleted are found too: a real cloud keeps them. */
export interface CloudObjects {
  all(): readonly CloudObject[];
  byId(id: string): CloudObject | undefined;
  ofType(type: string): readonly CloudObject[];
  /** Objects of a type whose output at `path` is exactly `value`. */
  where(type: string, path: string, value: Value): readonly CloudObject[];
  /** The object, of any type, whose `arn` output is this. */
  byArn(arn: string): CloudObject | undefined;
}

/** What a behaviour may know and do during one call. */
export interface Context {
  /** `aws`, `kubernetes`, … */
  readonly provider: string;
  readonly type: string;
  readonly urn: string;
  /** Logical name in the program. */
  readonly name: string;
  /** The provider's configuration: `{ region: "eu-central-1", … }`, JSON values parsed. */
  readonly config: Properties;
  /** Minutes left of the resource's custom timeout, or of `byDefault` where the program sets none. */
  patience(byDefault: number): number;
  /** Simulated minutes since the rehearsal's clock started. Moves while the behaviour waits. */
  readonly now: number;
  /** The simulated moment as an ISO 8601 string, to the second. */
  readonly timestamp: string;
  /** The same values for the same object every time. Never for secrets. */
  readonly random: SeededRandom;
  /** The object's id; empty in `check`, `beforeCreate` and `id`. */
  readonly id: string;
  /** The outputs before an update; `undefined` on create. */
  readonly previous: Properties | undefined;
  readonly objects: CloudObjects;
  /** Another simulated cloud of the same rehearsal, by provider name; empty when it has no object yet. */
  cloud(provider: string): CloudObjects;
  /** The object of any simulated cloud that answers at this host, once it is ready. */
  holderOf(host: string): CloudObject | undefined;
  /** Puts an object into this cloud, or another; replaces one with the same type and id. */
  put(object: Placed, provider?: string): void;
  /** Takes an object out of this cloud, or another. */
  drop(type: string, id: string, provider?: string): void;
  /** The text without any value that is secret in this call. */
  redact(text: string): string;
  /** Aborts when the operation is cancelled. */
  readonly cancelled: AbortSignal;
  /** Waits in simulated time. Rejects when the operation is cancelled or its custom timeout ends. */
  sleep(minutes: number): Promise<void>;
  /** Waits, looking every 10 simulated seconds, until the condition holds; false when `minutes` passed first. */
  until(condition: () => boolean, minutes: number): Promise<boolean>;
}

/**
 * How a simulated cloud treats one type of resource. Everything absent has a default taken from the installed SDK: required
 * inputs, output names, secret outputs. `inputs` never hold an unknown except in `check`; read them with the accessors of
 * `properties.ts`, which treat an unknown as absent.
 *
 * A create runs: faults, `beforeCreate`, `id`, `outputs`, `uniqueBy` (the object now exists as `creating`), `begin`, the
 * latency, `settle`. An update: `beforeUpdate`, `outputs`, `begin`, the latency, `settle`. A delete: `beforeDelete`, the
 * latency, `retainedOnDelete`, `afterDelete`. Throw {@link CloudError} to refuse.
 */
export interface Behaviour {
  readonly latency: Latency;
  readonly forceNew: ForceNew;
  /** Default: `name` where the SDK has it as an optional input. `false`: the cloud, not the provider, picks a name. */
  readonly autoName?: AutoName | false;
  /** Replace by deleting first even where the name is automatic. A fixed `autoName` property always does. Default false. */
  readonly deleteBeforeReplace?: boolean | ((olds: Properties, news: Properties) => boolean);
  /** Name rules and rules across properties. Anything unknown is absent for the accessors: check only what is there. */
  check?(inputs: Properties, context: Context): readonly Problem[] | Promise<readonly Problem[]>;
  /** Refuses (`InvalidSubnet`, …) or waits (a role too young to be assumed) before the object exists. */
  beforeCreate?(inputs: Properties, context: Context): void | Promise<void>;
  /** A key that only one live object of the type may have, such as a bucket's name; `undefined` where none applies. */
  uniqueBy?(inputs: Properties, context: Context): string | undefined;
  /**
   * Making it a second time changes what is there, as the `Put…` calls of a cloud do. Without it a second object with the same
   * id is refused. Default false.
   */
  readonly overwrites?: boolean;
  /** The message of the cloud when the key is taken. Default "<key> already exists". */
  alreadyExists?(key: string, context: Context): string;
  /** The id in the cloud's own form. Default: the automatic name's property, else `<type>-<hex>`. */
  id?(inputs: Properties, context: Context): string;
  /** The id where it is one of the outputs. Only for clouds that are `stateless`. */
  idFromOutputs?(outputs: Properties): string;
  /**
   * Computed outputs, in the cloud's own form. Those of the SDK it leaves out get a plausible value. Called again at every
   * update: `context.random` gives the same values, `context.previous` the outputs so far.
   */
  outputs?(inputs: Properties, context: Context): Properties;
  /**
   * Paths inside properties the program gives that the cloud fills in (`vpcConfig.clusterSecurityGroupId`,
   * `networks[0].ipAddresses`). A preview answers them as unknown before the object exists, and as they are afterwards. Default: none.
   */
  readonly decides?: readonly string[];
  /** Runs once the object exists, or its update has been accepted, and before the latency. Failing here is partial too. */
  begin?(inputs: Properties, context: Context): void | Promise<void>;
  /**
   * Last wait of a create or update, after the latency. What it returns is added to the outputs. Throw {@link NotReady} when
   * the object exists but did not become ready: the engine then keeps it and updates it next time.
   */
  settle?(inputs: Properties, context: Context): void | Properties | Promise<void | Properties>;
  /** An update whose provider dies leaves the object `updating`, for `beforeUpdate` to refuse the next one. Default false. */
  readonly heldByUpdates?: boolean;
  beforeUpdate?(inputs: Properties, olds: Properties, context: Context): void | Promise<void>;
  /** The outputs as they are now, where somebody else may have changed them; undefined: it is gone. Default: as they were left. */
  read?(object: CloudObject, context: Context): Promise<Properties | undefined>;
  /** Refuses (`DependencyViolation`, deletion protection) or waits for dependants to go. */
  beforeDelete?(object: CloudObject, context: Context): void | Promise<void>;
  retainedOnDelete?(object: CloudObject, context: Context): readonly Retained[];
  /** Clears away what went with the object, once it is gone. */
  afterDelete?(object: CloudObject, context: Context): void;
}

/** Answers one function of the SDK, such as `aws:index/getRegion:getRegion`. Throw {@link CloudError} to refuse. */
export type Invoke = (args: Properties, context: Pick<Context, "config" | "objects" | "cloud" | "now">) => Properties;

/** What changing a provider's configuration does. */
export interface ConfigDiff {
  readonly changes: readonly string[];
  /** Non-empty: the provider, and with it every resource it made, is replaced. */
  readonly replaces: readonly string[];
}

/** One simulated cloud: what `rehearsal/clouds/<name>/index.ts` exports as `cloud`, beside `behaviours`. */
export interface Cloud {
  readonly name: string;
  readonly behaviours: Readonly<Record<string, Behaviour>>;
  readonly invokes: Readonly<Record<string, Invoke>>;
  /** True when nothing exists outside Pulumi's state (random): no object is stored. Default false. */
  readonly stateless?: boolean;
  /** The store of a configured provider, where one cloud has several (a cluster each): `kubernetes@<host>`. Default: the name. */
  storeName?(config: Properties): string;
  /**
   * Runs before every operation on a resource. Throw {@link CloudError} where the cloud can't be reached; `"gone"` makes a read
   * or a delete treat the object as gone. May take time, as a refusal does.
   */
  connect?(operation: "create" | "update" | "delete" | "read", context: Context): Promise<"gone" | undefined>;
  /** The behaviour of a type that is not in the table, for types that follow one rule. Default: none. */
  behaviourOf?(type: string): Behaviour | undefined;
  /** Facts of a type where the SDK's file does not hold them. `undefined`: read the SDK. */
  factsOf?(type: string): TypeFacts | undefined;
  /** Names the object in the cloud's own way; `undefined` leaves it to {@link Behaviour.autoName}. */
  nameObject?(request: CheckRequest, context: Context): Properties | undefined;
  /** Inputs every type shares, such as default tags; runs before `Check`'s rules. */
  prepare?(type: string, inputs: Properties, config: Properties): Properties;
  /** Outputs every type shares (`arn`, `tagsAll`), where the behaviour gives none. */
  commonOutputs?(inputs: Properties, context: Context): Properties;
  /** Outputs that repeat an input, by the input: what is secret in the one is secret in the other. Default: none. */
  readonly repeats?: Readonly<Record<string, string>>;
  /** Refusals of the provider's configuration. May change it (defaults). */
  checkConfig?(inputs: Properties): readonly Problem[];
  diffConfig?(olds: Properties, news: Properties): ConfigDiff;
}

/** The cloud refuses an operation. `code` is the API's own word, shown before the message. */
export class CloudError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(code === "" ? message : `${code}: ${message}`);
    this.name = "CloudError";
  }
}

/** The object exists in the cloud but is not ready: a partial failure, kept in Pulumi's state with these reasons. */
export class NotReady extends Error {
  constructor(
    readonly reasons: readonly string[],
    readonly outputs: Properties = {},
  ) {
    super(reasons.join("; "));
    this.name = "NotReady";
  }
}
