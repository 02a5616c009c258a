import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";

import type { Proposal } from "./autoName";
import type { Problem } from "./behaviour";
import { autoNameRule, checkInputs } from "./check";
import { type Change, difference } from "./diff";
import * as operations from "./operations";
import { previewCreate, previewUpdate } from "./preview";
import { read as readObject } from "./read";
import type { Work } from "./service";
import type { Session } from "./session";
import { receive, send, topLevel, union } from "./wire";

export function check(session: Session, request: rpc.CheckRequest): Work<rpc.CheckResponse> {
  const [olds, news] = [receive(request.getOlds()), receive(request.getNews())];
  return {
    received: [olds, news],
    journal: undefined,
    run: async (call) => {
      const type = request.getType();
      const urn = request.getUrn();
      const subject = { type, urn, name: request.getName(), id: "", seed: urn, previous: undefined };
      const context = session.context(subject, call, [news]);
      const asked = { olds: olds.value, news: news.value, seed: request.getRandomseed_asU8(), proposal: proposal(request) };
      const [facts, behaviour] = [session.factsOf(type), session.behaviourOf(type)];
      const { inputs, problems } = await checkInputs(session.cloud, facts, behaviour, asked, context);
      const secrets = union(news.secrets, topLevel(facts?.secretInputs ?? []));
      const response = new rpc.CheckResponse().setInputs(send(inputs, secrets)).setFailuresList(checkFailures(problems));
      return { response };
    },
  };
}

export function diff(session: Session, request: rpc.DiffRequest): Work<rpc.DiffResponse> {
  const olds = receive(request.getOldInputs() ?? request.getOlds());
  const news = receive(request.getNews());
  return {
    received: [olds, news],
    journal: undefined,
    run: async () => {
      const type = request.getType();
      const behaviour = session.behaviourOf(type);
      const named = autoNameRule(session.factsOf(type), behaviour);
      const found = difference(olds.value, news.value, request.getIgnorechangesList(), behaviour, named, session.config);
      const some = found.changes.length > 0;
      const response = new rpc.DiffResponse()
        .setChanges(some ? rpc.DiffResponse.DiffChanges.DIFF_SOME : rpc.DiffResponse.DiffChanges.DIFF_NONE)
        .setDiffsList([...found.properties])
        .setReplacesList([...found.replaces])
        .setDeletebeforereplace(found.deleteBeforeReplace)
        .setHasdetaileddiff(true);
      for (const change of found.changes) response.getDetaileddiffMap().set(change.path, propertyDiff(change));
      return { response };
    },
  };
}

export function create(session: Session, request: rpc.CreateRequest): Work<rpc.CreateResponse> {
  const news = receive(request.getProperties());
  const target = targetOf(request);
  return {
    received: [news],
    journal: request.getPreview() ? undefined : { op: "create", type: target.type, name: target.name, urn: target.urn },
    run: async (call) => {
      const result = request.getPreview()
        ? previewCreate(session, target.type, news)
        : await operations.create(session, target, news, call);
      const response = new rpc.CreateResponse().setId(result.id).setProperties(send(result.outputs, result.secrets));
      return { response, id: result.id };
    },
  };
}

export function update(session: Session, request: rpc.UpdateRequest): Work<rpc.UpdateResponse> {
  const [olds, oldInputs] = [receive(request.getOlds()), receive(request.getOldInputs())];
  const news = receive(request.getNews());
  const target = targetOf(request);
  const id = request.getId();
  return {
    received: [olds, oldInputs, news],
    journal: request.getPreview() ? undefined : { op: "update", type: target.type, name: target.name, urn: target.urn },
    run: async (call) => {
      const result = request.getPreview()
        ? previewUpdate(session, target.type, id, olds, news)
        : await operations.update(session, target, id, olds, oldInputs, news, call);
      return { response: new rpc.UpdateResponse().setProperties(send(result.outputs, result.secrets)), id };
    },
  };
}

export function read(session: Session, request: rpc.ReadRequest): Work<rpc.ReadResponse> {
  const [state, inputs] = [receive(request.getProperties()), receive(request.getInputs())];
  const target = targetOf(request);
  return {
    received: [state, inputs],
    journal: { op: "read", type: target.type, name: target.name, urn: target.urn },
    run: async (call) => {
      const result = await readObject(session, target, request.getId(), state, inputs, call);
      const response = new rpc.ReadResponse()
        .setId(result.id)
        .setProperties(send(result.outputs, result.secrets))
        .setInputs(send(result.inputs, result.inputSecrets));
      return { response, id: result.id };
    },
  };
}

export function remove(session: Session, request: rpc.DeleteRequest): Work<Empty> {
  const olds = receive(request.getProperties());
  const target = targetOf(request);
  const id = request.getId();
  return {
    received: [olds],
    journal: { op: "delete", type: target.type, name: target.name, urn: target.urn },
    run: async (call) => {
      await operations.remove(session, target, id, olds, call);
      return { response: new Empty(), id };
    },
  };
}

export function checkFailures(problems: readonly Problem[]): rpc.CheckFailure[] {
  return problems.map(({ property, reason }) => new rpc.CheckFailure().setProperty(property).setReason(reason));
}

interface ResourceRequest {
  getType(): string;
  getUrn(): string;
  getName(): string;
  getTimeout(): number;
}

function targetOf(request: ResourceRequest): operations.Target {
  return { type: request.getType(), urn: request.getUrn(), name: request.getName(), timeout: request.getTimeout() };
}

function proposal(request: rpc.CheckRequest): Proposal | undefined {
  const options = request.getAutonaming();
  if (options === undefined) return undefined;
  const modes = ["propose", "enforce", "disabled"] as const;
  return { name: options.getProposedName(), mode: modes[options.getMode()] ?? "propose" };
}

function propertyDiff(change: Change): rpc.PropertyDiff {
  const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = rpc.PropertyDiff.Kind;
  const kinds = { add: [ADD, ADD_REPLACE], delete: [DELETE, DELETE_REPLACE], update: [UPDATE, UPDATE_REPLACE] } as const;
  const [plain, replace] = kinds[change.kind];
  return new rpc.PropertyDiff().setKind(change.replaces ? replace : plain).setInputdiff(true);
}
