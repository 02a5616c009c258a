import { type Behaviour, CloudError, type Context } from "../../provider/behaviour";
import { flag, list, type Properties, text } from "../../provider/properties";
import { momentary, replacedBy } from "./facts";
import { keyOf } from "./kms";
import { policyProblems } from "./policyDocument";
import { choiceProblems, live, nameProblems } from "../reference";
import { ACCOUNT, arn, regionOf } from "./region";
import * as tokens from "./tokens";

const NAME = /^(?=.{2,256}$)[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;

export const repository: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("ecr/repository.go", ["name", "encryptionConfigurations"]),
  autoName: { property: "name", lowercase: true },
  check: (inputs) => [
    ...nameProblems(inputs, "name", NAME, "2 to 256 lower-case letters and digits, in parts separated by . _ - /"),
    ...choiceProblems(inputs, "imageTagMutability", ["MUTABLE", "IMMUTABLE", "MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION"]),
  ],
  beforeCreate: (inputs, context) => {
    for (const encryption of list(inputs, "encryptionConfigurations")) {
      const key = text(encryption, "kmsKey");
      if (key === undefined || keyOf(context, key) !== undefined) continue;
      throw new CloudError("KmsException", `KMS key with alias or ARN '${key}' not found`);
    }
  },
  uniqueBy: (inputs, context) => `${regionOf(inputs, context)} ${text(inputs, "name")}`,
  alreadyExists: (key) => `RepositoryAlreadyExistsException: The repository with name '${key.split(" ")[1]}' already exists in the registry with id '${ACCOUNT}'`,
  outputs: (inputs, context) => {
    const region = regionOf(inputs, context);
    return {
      arn: arn("ecr", region, `repository/${text(inputs, "name")}`),
      registryId: ACCOUNT,
      repositoryUrl: `${ACCOUNT}.dkr.ecr.${region}.amazonaws.com/${text(inputs, "name")}`,
      forceDelete: flag(inputs, "forceDelete") ?? false,
      imageTagMutability: text(inputs, "imageTagMutability") ?? "MUTABLE",
    };
  },
};

function neededRepository(inputs: Properties, context: Context): void {
  const name = text(inputs, "repository") ?? "";
  if (live(context, tokens.ECR_REPOSITORY, name) !== undefined) return;
  throw new CloudError("RepositoryNotFoundException", `The repository with name '${name}' does not exist in the registry with id '${ACCOUNT}'`);
}

export const lifecyclePolicy: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("ecr/lifecycle_policy.go", ["repository", "policy"]),
  check: (inputs) => {
    const policy = text(inputs, "policy");
    if (policy === undefined || isRules(policy)) return [];
    return [{ property: "policy", reason: "InvalidParameterException: Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: a JSON object with at least one of rules" }];
  },
  beforeCreate: neededRepository,
  id: (inputs) => text(inputs, "repository") ?? "",
  overwrites: true,
  outputs: () => ({ registryId: ACCOUNT }),
};

function isRules(policy: string): boolean {
  try {
    const { rules } = JSON.parse(policy) as { rules?: unknown };
    return Array.isArray(rules) && rules.length > 0;
  } catch {
    return false;
  }
}

export const repositoryPolicy: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("ecr/repository_policy.go", ["repository"]),
  check: (inputs) => policyProblems(inputs, "policy"),
  beforeCreate: neededRepository,
  id: (inputs) => text(inputs, "repository") ?? "",
  overwrites: true,
  outputs: () => ({ registryId: ACCOUNT }),
};
