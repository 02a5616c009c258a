import type { Context } from "../../provider/behaviour";
import { isObject, list, type Properties, text } from "../../provider/properties";
import { sdkFacts } from "../../provider/sdkFacts";
import { clusterOf, managedOf } from "./managed";
import { knownCustomTypes } from "./publishedCharts";

export const CUSTOM_RESOURCE_DEFINITION = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";

/** What one kind of object is called in the API. */
export interface ApiType {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** From a type token: `kubernetes:apps/v1:Deployment`, `kubernetes:core/v1:Secret`. */
export function apiTypeOf(token: string): ApiType {
  const [, module = "", kind = ""] = token.split(":");
  const [group = "", version = ""] = module.split("/");
  return { group: group === "core" ? "" : group, version, kind };
}

/** The type token of an object as it stands in a manifest. */
export function tokenOf(manifest: Properties): string {
  const apiVersion = text(manifest, "apiVersion") ?? "";
  return `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${text(manifest, "kind") ?? ""}`;
}

export function apiVersionOf({ group, version }: ApiType): string {
  return group === "" ? version : `${group}/${version}`;
}

/** As in the API's messages: `deployments.apps`, `secrets`. */
export function resourceName({ group, kind }: ApiType): string {
  const lower = kind.toLowerCase();
  return group === "" ? plural(lower) : `${plural(lower)}.${group}`;
}

function plural(word: string): string {
  if (/(s|x|ch)$/.test(word)) return `${word}es`;
  return word.endsWith("y") && !word.endsWith("gateway") ? `${word.slice(0, -1)}ies` : `${word}s`;
}

const CLUSTER_SCOPED: ReadonlySet<string> = new Set(
  (
    "Namespace Node PersistentVolume StorageClass VolumeAttributesClass CSIDriver CSINode VolumeAttachment " +
    "ClusterRole ClusterRoleBinding PriorityClass RuntimeClass IngressClass CustomResourceDefinition APIService " +
    "MutatingWebhookConfiguration ValidatingWebhookConfiguration ValidatingAdmissionPolicy " +
    "ValidatingAdmissionPolicyBinding FlowSchema PriorityLevelConfiguration CertificateSigningRequest"
  ).split(" "),
);

/** Whether objects of the type have a namespace. A kind nobody has defined yet is taken for one that has. */
export function isNamespaced(type: ApiType, context: Context): boolean {
  if (isBuiltIn(type)) return !CLUSTER_SCOPED.has(type.kind);
  const known = knownCustomTypes.find(({ group, kind }) => group === type.group && kind === type.kind);
  const defined = definitionOf(type, context);
  return (text(defined, "spec.scope") ?? known?.scope ?? "Namespaced") === "Namespaced";
}

/** Whether the cluster's API knows the type: part of Kubernetes, of the managed cluster, or defined by a CRD in it. */
export function isServed(type: ApiType, context: Context): boolean {
  return isBuiltIn(type) || isManaged(type, context) || definitionOf(type, context) !== undefined;
}

function isBuiltIn({ group, version, kind }: ApiType): boolean {
  if (group === "helm.sh") return false;
  return sdkFacts(`kubernetes:${group === "" ? "core" : group}/${version}:${kind}`) !== undefined;
}

function isManaged({ group, kind }: ApiType, context: Context): boolean {
  const cluster = clusterOf(context);
  return cluster !== undefined && managedOf(cluster)?.brings.includes(`${group}/${kind}`) === true;
}

function definitionOf({ group, version, kind }: ApiType, context: Context): Properties | undefined {
  return context.objects
    .ofType(CUSTOM_RESOURCE_DEFINITION)
    .map(({ outputs }) => outputs)
    .find((crd) => {
      const served = list(crd, "spec.versions").filter(isObject).some(({ name }) => name === version);
      return text(crd, "spec.group") === group && text(crd, "spec.names.kind") === kind && served;
    });
}
