import { type Behaviour, CloudError, type CloudObject, type Context, type Problem } from "../../provider/behaviour";
import { list, number, type Properties, text } from "../../provider/properties";
import { momentary, replacedBy } from "./facts";
import { wearers } from "./occupants";
import { liveOf, liveWhere, nameProblems, unused } from "../reference";
import { ACCOUNT, arn, regionOf } from "./region";
import * as tokens from "./tokens";
import { neededVpc } from "./vpc";

const RULES_PER_GROUP = 60;
const DESCRIPTION = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/;

/** The network a group is in; also of groups that come with a VPC or a cluster. @throws CloudError when there is none. */
export function vpcOfGroup(context: Context, id: string): string {
  const own = liveOf(context, tokens.SECURITY_GROUP).find((group) => group.id === id);
  const vpc = liveWhere(context, tokens.VPC, "defaultSecurityGroupId", id)[0];
  const cluster = liveWhere(context, tokens.EKS_CLUSTER, "vpcConfig.clusterSecurityGroupId", id)[0];
  const found = text(own?.outputs, "vpcId") ?? vpc?.id ?? text(cluster?.outputs, "vpcConfig.vpcId");
  if (found === undefined) throw new CloudError("InvalidGroup.NotFound", `The security group '${id}' does not exist`);
  return found;
}

export const securityGroup: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("ec2/vpc_security_group.go", ["name", "namePrefix", "description", "vpcId"]),
  check: (inputs) => [
    ...nameProblems(inputs, "name", /^(?!sg-)[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/, "1 to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, not beginning with sg-"),
    ...nameProblems(inputs, "description", DESCRIPTION, "a description has up to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*"),
  ],
  beforeCreate: (inputs, context) => {
    const vpcId = text(inputs, "vpcId");
    if (vpcId !== undefined) neededVpc(context, vpcId);
  },
  uniqueBy: (inputs) => `${text(inputs, "vpcId") ?? "default"} ${text(inputs, "name")}`,
  alreadyExists: (key) => {
    const [vpcId, ...name] = key.split(" ");
    return `InvalidGroup.Duplicate: The security group '${name.join(" ")}' already exists for VPC '${vpcId}'`;
  },
  id: (_, context) => `sg-${context.random.for("id").hex(17)}`,
  outputs: (inputs, context) => ({
    arn: arn("ec2", regionOf(inputs, context), `security-group/${context.id}`),
    ownerId: ACCOUNT,
    description: text(inputs, "description") ?? "Managed by Pulumi",
    ingress: list(inputs, "ingress"),
    egress: list(inputs, "egress"),
  }),
  beforeDelete: (object, context) =>
    unused(
      context,
      () => [...wearers(context, object.id), ...rulesFrom(context, object.id)],
      15,
      "DependencyViolation",
      `resource ${object.id} has a dependent object`,
    ),
};

// Rules of other groups that name this one as their source or target.
function rulesFrom(context: Context, groupId: string): readonly CloudObject[] {
  return [tokens.INGRESS_RULE, tokens.EGRESS_RULE]
    .flatMap((type) => liveWhere(context, type, "referencedSecurityGroupId", groupId))
    .filter((rule) => text(rule.outputs, "securityGroupId") !== groupId);
}

const PEERS = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

function rule(type: string, file: string): Behaviour {
  return {
    latency: momentary,
    forceNew: replacedBy(file, ["securityGroupId"], { when: otherKindOfPeer, inWords: `one of ${PEERS.map((name) => `\`${name}\``).join(", ")} by another of them` }),
    check: (inputs) => [...peerProblems(inputs), ...portProblems(inputs)],
    beforeCreate: (inputs, context) => {
      const groupId = text(inputs, "securityGroupId") ?? "";
      vpcOfGroup(context, groupId);
      const peer = text(inputs, "referencedSecurityGroupId");
      if (peer !== undefined) vpcOfGroup(context, peer.split("/").at(-1) ?? peer);
      if (liveWhere(context, type, "securityGroupId", groupId).length < RULES_PER_GROUP) return;
      throw new CloudError("RulesPerSecurityGroupLimitExceeded", "The maximum number of rules per security group has been reached.");
    },
    uniqueBy: (inputs) => `${text(inputs, "securityGroupId")} ${ruleText(inputs)}`,
    alreadyExists: (key) => `InvalidPermission.Duplicate: the specified rule "${key.slice(key.indexOf(" ") + 1)}" already exists`,
    id: (_, context) => `sgr-${context.random.for("id").hex(17)}`,
    outputs: (inputs, context) => ({
      arn: arn("ec2", regionOf(inputs, context), `security-group-rule/${context.id}`),
      securityGroupRuleId: context.id,
    }),
  };
}

// Another peer of the same kind is a change in place.
function otherKindOfPeer(olds: Properties, news: Properties): readonly string[] {
  const [before, after] = [olds, news].map((inputs) => PEERS.find((name) => inputs[name] !== undefined));
  return before === undefined || after === undefined || before === after ? [] : [before, after];
}

function peerProblems(inputs: Properties): readonly Problem[] {
  const given = PEERS.filter((name) => inputs[name] !== undefined);
  return given.length === 1 ? [] : [{ property: "", reason: `a rule names exactly one of ${PEERS.join(", ")}, got ${given.length === 0 ? "none" : given.join(" and ")}.` }];
}

function portProblems(inputs: Properties): readonly Problem[] {
  const protocol = text(inputs, "ipProtocol");
  if (protocol !== "tcp" && protocol !== "udp") return [];
  const from = number(inputs, "fromPort");
  const to = number(inputs, "toPort");
  if (inputs.fromPort === undefined || inputs.toPort === undefined) {
    return [{ property: "fromPort", reason: `fromPort and toPort are needed for ${protocol}.` }];
  }
  if (from === undefined || to === undefined || (from >= 0 && from <= to && to <= 65535)) return [];
  return [{ property: "fromPort", reason: `expected 0 <= fromPort <= toPort <= 65535, got ${from} and ${to}.` }];
}

function ruleText(inputs: Properties): string {
  const peer = PEERS.map((name) => text(inputs, name)).find((found) => found !== undefined);
  const protocol = text(inputs, "ipProtocol") ?? "";
  if (protocol === "-1") return `peer: ${peer}, ALL, ALLOW`;
  return `peer: ${peer}, ${protocol.toUpperCase()}, from port: ${number(inputs, "fromPort")}, to port: ${number(inputs, "toPort")}, ALLOW`;
}

export const ingressRule = rule(tokens.INGRESS_RULE, "ec2/vpc_security_group_ingress_rule.go");
export const egressRule = rule(tokens.EGRESS_RULE, "ec2/vpc_security_group_egress_rule.go");

/** Takes over the group that comes with every VPC; deleting the resource leaves the group as it is. */
export const defaultSecurityGroup: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("ec2/vpc_default_security_group.go", ["vpcId"]),
  beforeCreate: (inputs, context) => {
    neededVpc(context, text(inputs, "vpcId") ?? "");
  },
  id: (inputs, context) => text(neededVpc(context, text(inputs, "vpcId") ?? "").outputs, "defaultSecurityGroupId") ?? "",
  overwrites: true,
  outputs: (inputs, context) => ({
    arn: arn("ec2", regionOf(inputs, context), `security-group/${context.id}`),
    ownerId: ACCOUNT,
    name: "default",
    description: "default VPC security group",
    ingress: list(inputs, "ingress"),
    egress: list(inputs, "egress"),
  }),
};
