import type { CloudObject, Context } from "../../provider/behaviour";
import { object, type Properties, text } from "../../provider/properties";
import { podOf, whatPodsLack } from "./pods";

const GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway";
const GATEWAY_CLASS = "kubernetes:gateway.networking.k8s.io/v1:GatewayClass";
const ENVOY_CONTROLLER = "gateway.envoyproxy.io/gatewayclass-controller";

// From the Gateway to the first ready proxy: an image to pull and, on an automatic cluster, a node to start. Assumed.
const PROXY_MINUTES = 1.5;

/** Whether some ready pod of the namespace has all the labels. */
export function hasEndpoints(selector: Properties, namespace: string, context: Context): boolean {
  const isIn = ({ id }: CloudObject): boolean => id.startsWith(`${namespace}/`);
  const isLive = ({ status, retained }: CloudObject): boolean => status === "ready" && retained === undefined;
  const workloads = context.objects.all().filter((item) => isIn(item) && isLive(item));
  if (workloads.some((item) => makesReadyPods(item, selector, namespace, context))) return true;
  return proxies(context).some((labels) => covers(labels, selector));
}

function makesReadyPods({ outputs }: CloudObject, selector: Properties, namespace: string, context: Context): boolean {
  const pod = podOf(outputs);
  return pod !== undefined && covers(pod.labels, selector) && whatPodsLack(pod.spec, namespace, context).length === 0;
}

// Envoy Gateway makes a Deployment for every Gateway of a class that names its controller.
function proxies(context: Context): readonly Properties[] {
  const { objects, now } = context;
  const isController = ({ outputs, status }: CloudObject): boolean =>
    (status === "ready" || status === "updating") && (text(outputs, "chart") ?? "").endsWith("gateway-helm");
  if (!objects.ofType("kubernetes:helm.sh/v3:Release").some(isController)) return [];
  const itsClasses = objects
    .ofType(GATEWAY_CLASS)
    .filter(({ outputs }) => text(outputs, "spec.controllerName") === ENVOY_CONTROLLER)
    .map(({ id }) => id);
  return objects
    .ofType(GATEWAY)
    .filter(({ outputs }) => itsClasses.includes(text(outputs, "spec.gatewayClassName") ?? ""))
    .filter(({ createdAt }) => now - createdAt >= PROXY_MINUTES - 1e-9)
    .map(({ outputs }) => proxyLabels(outputs));
}

// Envoy Gateway 1.x, internal/infrastructure/kubernetes: labels of the managed proxy.
function proxyLabels(gateway: Properties): Properties {
  const metadata = object(gateway, "metadata");
  return {
    "app.kubernetes.io/name": "envoy",
    "app.kubernetes.io/component": "proxy",
    "app.kubernetes.io/managed-by": "envoy-gateway",
    "gateway.envoyproxy.io/owning-gateway-name": text(metadata, "name") ?? "",
    "gateway.envoyproxy.io/owning-gateway-namespace": text(metadata, "namespace") ?? "",
  };
}

function covers(labels: Properties, selector: Properties): boolean {
  return Object.entries(selector).every(([name, value]) => labels[name] === value);
}
