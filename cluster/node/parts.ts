import { certificatesScript } from "./certificates";
import type { ControlGroups } from "./cgroups";
import { insideScript } from "./scripts";
import { runScript, type Service } from "./service";
import { apiServer } from "./services/apiServer";
import { containerd } from "./services/containerd";
import { controllerManager } from "./services/controllerManager";
import { coreDns } from "./services/coreDns";
import { door } from "./services/door";
import { etcd } from "./services/etcd";
import { kubelet } from "./services/kubelet";
import { kubeProxy } from "./services/kubeProxy";
import { metricsServer } from "./services/metricsServer";
import { scheduler } from "./services/scheduler";

export interface NodeSettings {
  /** What Kubernetes and the node itself call it. */
  readonly name: string;
  /** The port of this machine's loopback address that leads to the API server. */
  readonly port: number;
  readonly groups: ControlGroups;
}

export function servicesOf({ name, port }: NodeSettings): Service[] {
  return [etcd(), apiServer(), controllerManager(), scheduler(), containerd(), kubelet(name), kubeProxy(name), coreDns(), metricsServer(), door(port)];
}

/** Every file below `/node`, by its name there. */
export function filesOf(settings: NodeSettings): Record<string, string> {
  const services = servicesOf(settings);
  return {
    "certificates.sh": certificatesScript(settings.name),
    "inside.sh": insideScript(settings.groups),
    ...Object.fromEntries(services.flatMap((service) => [[`services/${service.name}/run`, runScript(service)], ...Object.entries(service.files ?? {})])),
  };
}
