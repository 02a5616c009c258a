import { type Behaviour, CloudError } from "../../provider/behaviour";
import { list, type Properties, text, texts } from "../../provider/properties";
import { activeCluster, neededCluster } from "./eks";
import { assumed, momentary, replacedBy } from "./facts";
import { usableRole } from "./iam";
import { choiceProblems, liveWhere, nameProblems } from "../reference";
import { ACCOUNT, arn, regionOf } from "./region";
import * as tokens from "./tokens";

const PRINCIPAL = /^arn:aws(-cn|-us-gov)?:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/;

/** Add-ons of the service's catalogue. */
const ADDONS = [
  ...["vpc-cni", "kube-proxy", "coredns", "eks-pod-identity-agent", "aws-ebs-csi-driver", "aws-efs-csi-driver", "aws-fsx-csi-driver"],
  ...["aws-mountpoint-s3-csi-driver", "snapshot-controller", "metrics-server", "amazon-cloudwatch-observability", "adot", "cert-manager"],
  ...["external-dns", "kube-state-metrics", "prometheus-node-exporter", "fluent-bit", "eks-node-monitoring-agent", "aws-guardduty-agent"],
  ...["aws-network-flow-monitoring-agent", "aws-privateca-connector-for-kubernetes", "aws-secrets-store-csi-driver-provider"],
];

export const addon: Behaviour = {
  latency: assumed("0:45", "0:45", "0:20"),
  forceNew: replacedBy("eks/addon.go", ["addonName", "clusterName", "namespaceConfig"]),
  check: (inputs) => [
    ...choiceProblems(inputs, "resolveConflictsOnCreate", ["NONE", "OVERWRITE"]),
    ...choiceProblems(inputs, "resolveConflictsOnUpdate", ["NONE", "OVERWRITE", "PRESERVE"]),
  ],
  beforeCreate: async (inputs, context) => {
    const name = text(inputs, "addonName") ?? "";
    activeCluster(context, text(inputs, "clusterName") ?? "");
    if (!ADDONS.includes(name)) throw new CloudError("InvalidParameterException", `Addon ${name} specified is not supported`);
    for (const role of rolesOf(inputs)) await usableRole(context, role, "InvalidParameterException", "Role provided in the request does not exist.");
  },
  uniqueBy: (inputs) => `${text(inputs, "clusterName")}:${text(inputs, "addonName")}`,
  alreadyExists: () => "ResourceInUseException: Addon already exists.",
  id: (inputs) => `${text(inputs, "clusterName")}:${text(inputs, "addonName")}`,
  outputs: (inputs, context) => ({
    arn: arn("eks", regionOf(inputs, context), `addon/${text(inputs, "clusterName")}/${text(inputs, "addonName")}/${context.random.for("id").uuid()}`),
    addonVersion: text(inputs, "addonVersion") ?? "v1.0.0-eksbuild.1",
    createdAt: text(context.previous, "createdAt") ?? context.timestamp,
    modifiedAt: context.timestamp,
  }),
};

function rolesOf(inputs: Properties): readonly string[] {
  const associated = list(inputs, "podIdentityAssociations").map((association) => text(association, "roleArn"));
  return [text(inputs, "serviceAccountRoleArn"), ...associated].filter((role) => role !== undefined);
}

export const accessEntry: Behaviour = {
  latency: assumed("0:03", "0:03", "0:03"),
  forceNew: replacedBy("eks/access_entry.go", ["clusterName", "principalArn", "type"]),
  check: (inputs) => [
    ...nameProblems(inputs, "principalArn", PRINCIPAL, "the ARN of an IAM role or user, arn:aws:iam::<account>:role/<name>"),
    ...choiceProblems(inputs, "type", ["STANDARD", "EC2", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX", "HYPERPOD_LINUX"]),
  ],
  beforeCreate: (inputs, context) => {
    const cluster = activeCluster(context, text(inputs, "clusterName") ?? "");
    const mode = text(cluster.outputs, "accessConfig.authenticationMode");
    if (mode === "API" || mode === "API_AND_CONFIG_MAP") return;
    throw new CloudError(
      "InvalidRequestException",
      "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
    );
  },
  uniqueBy: (inputs) => `${text(inputs, "clusterName")}:${text(inputs, "principalArn")}`,
  alreadyExists: () => "ResourceInUseException: The specified access entry resource is already in use on this cluster.",
  id: (inputs) => `${text(inputs, "clusterName")}:${text(inputs, "principalArn")}`,
  outputs: (inputs, context) => {
    const principal = text(inputs, "principalArn") ?? "";
    const [kind = "", name = ""] = principal.split(":").at(-1)?.split("/") ?? [];
    return {
      accessEntryArn: arn("eks", regionOf(inputs, context), `access-entry/${text(inputs, "clusterName")}/${kind}/${ACCOUNT}/${name}/${context.random.for("id").uuid()}`),
      type: text(inputs, "type") ?? "STANDARD",
      kubernetesGroups: texts(inputs, "kubernetesGroups"),
      userName: text(inputs, "userName") ?? principal,
      createdAt: text(context.previous, "createdAt") ?? context.timestamp,
      modifiedAt: context.timestamp,
    };
  },
};

const ACCESS_POLICIES = [
  ...["AmazonEKSClusterAdminPolicy", "AmazonEKSAdminPolicy", "AmazonEKSAdminViewPolicy", "AmazonEKSEditPolicy", "AmazonEKSViewPolicy"],
  ...["AmazonEKSSecretReaderPolicy", "AmazonEKSAutoNodePolicy", "AmazonEKSBlockStoragePolicy", "AmazonEKSComputePolicy", "AmazonEKSNetworkingPolicy"],
];

export const accessPolicyAssociation: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("eks/access_policy_association.go", ["accessScope", "clusterName", "policyArn", "principalArn"]),
  check: (inputs) => {
    const scope = text(inputs, "accessScope.type");
    const namespaces = texts(inputs, "accessScope.namespaces");
    if (scope !== "namespace" || namespaces.length > 0 || inputs.accessScope === undefined) return [];
    return [{ property: "accessScope.namespaces", reason: "a scope of type namespace names at least one namespace." }];
  },
  beforeCreate: (inputs, context) => {
    const clusterName = text(inputs, "clusterName") ?? "";
    const policyArn = text(inputs, "policyArn") ?? "";
    activeCluster(context, clusterName);
    const entry = liveWhere(context, tokens.ACCESS_ENTRY, "clusterName", clusterName).find(({ outputs }) => text(outputs, "principalArn") === text(inputs, "principalArn"));
    if (entry === undefined) {
      throw new CloudError("ResourceNotFoundException", "The specified principalArn could not be found. You can view your available access entries with 'list-access-entries'.");
    }
    const known = ACCESS_POLICIES.some((name) => policyArn === `arn:aws:eks::aws:cluster-access-policy/${name}`);
    if (!known) throw new CloudError("InvalidParameterException", "The policyArn parameter format is not valid, or no such access policy exists. You can view available policies with 'list-access-policies'.");
  },
  id: (inputs) => `${text(inputs, "clusterName")}#${text(inputs, "principalArn")}#${text(inputs, "policyArn")}`,
  overwrites: true,
  outputs: (_, context) => ({ associatedAt: text(context.previous, "associatedAt") ?? context.timestamp, modifiedAt: context.timestamp }),
};

export const podIdentityAssociation: Behaviour = {
  latency: assumed("0:05", "0:05", "0:05"),
  forceNew: replacedBy("eks/pod_identity_association.go", ["clusterName", "namespace", "serviceAccount"]),
  beforeCreate: async (inputs, context) => {
    activeCluster(context, text(inputs, "clusterName") ?? "");
    await usableRole(context, text(inputs, "roleArn") ?? "", "InvalidParameterException", "Role provided in the request does not exist.");
    neededCluster(context, text(inputs, "clusterName") ?? "");
  },
  uniqueBy: (inputs) => `${text(inputs, "clusterName")} ${text(inputs, "namespace")}/${text(inputs, "serviceAccount")}`,
  alreadyExists: (key) => `ResourceInUseException: Association already exists for ${key.split(" ")[1]} on cluster ${key.split(" ")[0]}`,
  id: (_, context) => `a-${context.random.for("id").alphanumeric(17)}`,
  outputs: (inputs, context) => ({
    associationId: context.id,
    associationArn: arn("eks", regionOf(inputs, context), `podidentityassociation/${text(inputs, "clusterName")}/${context.id}`),
    disableSessionTags: inputs.disableSessionTags ?? false,
  }),
};
