import * as pulumi from "@pulumi/pulumi";

type OneOrMore<T> = T | readonly T[];

/** A statement of an IAM policy, as AWS writes it. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | { readonly Service: string } | { readonly AWS: pulumi.Input<string> };
  readonly Action: OneOrMore<string>;
  readonly Resource?: OneOrMore<pulumi.Input<string>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore<pulumi.Input<string>>>>>>;
}

/** @returns the policy as the JSON every resource takes it in. */
export function policyOf(...statements: readonly Statement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements });
}

/** Lets a service of AWS act as a role. */
export function trustService(service: string, condition?: Statement["Condition"]): Statement {
  return {
    Effect: "Allow",
    Principal: { Service: service },
    Action: "sts:AssumeRole",
    ...(condition && { Condition: condition }),
  };
}

/** Lets the pods of one service account act as a role, by EKS Pod Identity, which states namespace and account as tags. */
export function trustPods(namespace: string, serviceAccount: string): Statement {
  return {
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      StringEquals: {
        "aws:RequestTag/kubernetes-namespace": namespace,
        "aws:RequestTag/kubernetes-service-account": serviceAccount,
      },
    },
  };
}

/** @returns the ARN of a policy AWS maintains. */
export function managedPolicy(name: string): string {
  return `arn:aws:iam::aws:policy/${name}`;
}
