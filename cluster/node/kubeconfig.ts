import { addresses, certificate, key, ports } from "./addresses";

/** How a part of the node reaches its API server, by the files of its certificate. */
export function kubeconfig(user: string): string {
  const authority = { "certificate-authority": certificate("ca") };
  const credentials = { "client-certificate": certificate(user), "client-key": key(user) };
  return render("node", `https://${addresses.node}:${ports.api}`, authority, user, credentials);
}

/** How a person on this machine does, in one file that says all. */
export function kubeconfigForPeople(name: string, server: string, pem: { authority: string; certificate: string; key: string }): string {
  const encoded = (text: string): string => Buffer.from(text).toString("base64");
  const authority = { "certificate-authority-data": encoded(pem.authority) };
  const credentials = { "client-certificate-data": encoded(pem.certificate), "client-key-data": encoded(pem.key) };
  return render(name, server, authority, "admin", credentials);
}

function render(name: string, server: string, authority: object, user: string, credentials: object): string {
  const text = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server, ...authority } }],
    users: [{ name: user, user: credentials }],
    contexts: [{ name, context: { cluster: name, user } }],
    "current-context": name,
  };
  return `${JSON.stringify(text, null, 2)}\n`;
}
