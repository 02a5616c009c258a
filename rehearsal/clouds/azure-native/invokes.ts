import { CloudError, type CloudObject, type Invoke } from "../../provider/behaviour";
import { flag, type Properties, text } from "../../provider/properties";
import { SeededRandom } from "../../provider/random";
import { liveOf } from "../reference";
import { clientConfig } from "./access";
import { forms, groupId, idOf, sameId } from "./arm";
import { clusterNamed } from "./cluster";
import { subscriptionOf } from "./subscription";
import * as tokens from "./tokens";

const getClientConfig: Invoke = (_args, { config }) => clientConfig(subscriptionOf(config));

/** The keys of a cache's database: the same for as long as it lives. */
const listDatabaseKeys: Invoke = (args, context) => {
  const id = idOf(tokens.CACHE_DATABASE, args, context);
  const found = ready(liveOf(context, tokens.CACHE_DATABASE).find((each) => sameId(each.id, id)), id);
  if (text(found.outputs, "accessKeysAuthentication") !== "Enabled") {
    throw new CloudError("BadRequest", `The access keys of ${id} are switched off.`);
  }
  const key = (which: string): string => `${new SeededRandom(found.seed).for(which).characters(42, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")}=`;
  return { primaryKey: key("primary key"), secondaryKey: key("secondary key") };
};

/** A kubeconfig without a token, as AKS gives it to whoever may ask: YAML in base64. */
const listManagedClusterUserCredentials: Invoke = (args, context) => {
  const [group, name] = [text(args, "resourceGroupName") ?? "", text(args, "resourceName") ?? ""];
  const found = ready(clusterNamed(group, name, context), `${groupId(group, context)}/providers/Microsoft.ContainerService/managedClusters/${name}`);
  return { kubeconfigs: [{ name: "clusterUser", value: Buffer.from(kubeconfig(found, name, `clusterUser_${group}_${name}`)).toString("base64") }] };
};

const listManagedClusterAdminCredentials: Invoke = (args, context) => {
  const [group, name] = [text(args, "resourceGroupName") ?? "", text(args, "resourceName") ?? ""];
  const found = ready(clusterNamed(group, name, context), name);
  if (flag(found.outputs, "disableLocalAccounts") === true) {
    throw new CloudError("BadRequest", "Getting static credential is not allowed because this cluster is set to disable local accounts.");
  }
  return { kubeconfigs: [{ name: "clusterAdmin", value: Buffer.from(kubeconfig(found, name, `clusterAdmin_${group}_${name}`)).toString("base64") }] };
};

function ready(found: CloudObject | undefined, id: string): CloudObject {
  if (found === undefined || found.status === "creating") throw new CloudError("ResourceNotFound", `The Resource '${id}' was not found.`);
  return found;
}

function kubeconfig({ outputs, seed }: CloudObject, name: string, user: string): string {
  const host = text(outputs, "privateFQDN") || text(outputs, "fqdn") || "";
  return `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: ${authority(new SeededRandom(seed).for("authority").alphanumeric(900))}
    server: https://${host}:443
  name: ${name}
contexts:
- context:
    cluster: ${name}
    user: ${user}
  name: ${name}
current-context: ${name}
kind: Config
preferences: {}
users:
- name: ${user}
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      args:
      - get-token
      - --environment
      - AzurePublicCloud
      - --server-id
      - 6dae42f8-4368-4678-94ff-3960e28e3630
      command: kubelogin
      env: null
      provideClusterInfo: false
`;
}

// Looks like the base64 of a PEM file and is none: there is no simulated authority to sign anything.
function authority(body: string): string {
  const lines = body.match(/.{1,64}/g) ?? [];
  return Buffer.from(["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n")).toString("base64");
}

/** Answers with what a resource has, by the names its id is made of. */
function getter(type: string): Invoke {
  return (args, context) => {
    const id = idOf(type, args, context);
    const found = ready(liveOf(context, type).find((each) => sameId(each.id, id)), id);
    return { ...found.outputs, id: found.id } as Properties;
  };
}

const getters = Object.keys(forms).map((type) => {
  const [provider = "", module = "", name = ""] = type.split(":");
  return [`${provider}:${module}:get${name}`, getter(type)] as const;
});

export const invokes: Readonly<Record<string, Invoke>> = {
  ...Object.fromEntries(getters),
  "azure-native:authorization:getClientConfig": getClientConfig,
  "azure-native:redisenterprise:listDatabaseKeys": listDatabaseKeys,
  "azure-native:containerservice:listManagedClusterUserCredentials": listManagedClusterUserCredentials,
  "azure-native:containerservice:listManagedClusterAdminCredentials": listManagedClusterAdminCredentials,
};
