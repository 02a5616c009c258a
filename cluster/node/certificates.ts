import { addresses, certificate, key, nodeFolder } from "./addresses";

/** Who somebody is to the API server, and under which names a server is asked. */
interface Identity {
  readonly file: string;
  readonly subject: string;
  readonly names?: readonly string[];
}

const curve = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365";
/** The group that RBAC never refuses anything. */
const masters = "/O=system:masters";

function identities(node: string): Identity[] {
  const api = ["kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local", "localhost"];
  return [
    { file: "apiServer", subject: "/CN=kube-apiserver", names: [...api.map((name) => `DNS:${name}`), "IP:127.0.0.1", `IP:${addresses.api}`, `IP:${addresses.node}`] },
    { file: "apiServerToKubelet", subject: `${masters}/CN=kube-apiserver-kubelet-client` },
    { file: "frontProxy", subject: "/CN=front-proxy-client" },
    { file: "admin", subject: `${masters}/CN=admin` },
    { file: "controllerManager", subject: "/CN=system:kube-controller-manager" },
    { file: "scheduler", subject: "/CN=system:kube-scheduler" },
    { file: "kubeProxy", subject: "/CN=system:kube-proxy" },
    { file: "kubelet", subject: `/O=system:nodes/CN=system:node:${node}` },
    { file: "kubeletServer", subject: `/CN=${node}`, names: [`DNS:${node}`, `IP:${addresses.node}`] },
    { file: "coreDns", subject: `${masters}/CN=coredns` },
    { file: "metricsServer", subject: `${masters}/CN=metrics-server`, names: ["DNS:metrics-server.kube-system.svc", `IP:${addresses.node}`] },
  ];
}

/** Commands that found an authority which only this node knows, and issue a certificate to each of its parts. */
export function certificatesScript(node: string): string {
  const authority = ["-subj /CN=node", '-addext "basicConstraints=critical,CA:true"', '-addext "keyUsage=critical,keyCertSign,digitalSignature"'];
  const lines = identities(node).map(({ file, subject, names }) => {
    const usage = names === undefined ? "clientAuth" : "serverAuth,clientAuth";
    const extensions = ["basicConstraints=CA:false", `extendedKeyUsage=${usage}`, ...(names === undefined ? [] : [`subjectAltName=${names.join(",")}`])];
    const issuer = `-CA ${certificate("ca")} -CAkey ${key("ca")}`;
    return `openssl req -x509 ${curve} ${issuer} -subj "${subject}" ${extensions.map((text) => `-addext "${text}"`).join(" ")} -keyout ${key(file)} -out ${certificate(file)}`;
  });
  return [
    `mkdir -p -m 700 ${nodeFolder}/certificates`,
    `openssl req -x509 ${curve} ${authority.join(" ")} -keyout ${key("ca")} -out ${certificate("ca")}`,
    `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -out ${key("serviceAccounts")}`,
    `openssl pkey -in ${key("serviceAccounts")} -pubout -out ${certificate("serviceAccounts")}`,
    ...lines,
  ].map((line) => `${line} 2>> /var/log/certificates.log\n`).join("");
}
