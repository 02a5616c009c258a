import { spawn } from "node:child_process";

const startSeconds = 30;
// It ends with this process, however that ends: the shell then reads no more.
const script = '"$@" < /dev/null & read -r _; kill $!; wait';

/** Has something done while a port of this machine leads to a Service, as `kubectl port-forward` opens it. */
export async function throughPort<Result>(kubectl: readonly string[], namespace: string, service: string, work: (port: number) => Promise<Result>): Promise<Result> {
  const child = spawn("/bin/sh", ["-c", script, "port-forward", ...kubectl, "--namespace", namespace, "port-forward", "--address", "127.0.0.1", `service/${service}`, ":80"]);
  const ended = new Promise((resolve) => child.on("close", resolve));
  try {
    return await work(await portOf(child));
  } finally {
    child.stdin.end();
    await ended;
  }
}

function portOf(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((resolve, reject) => {
    let printed = "";
    const give = (reason: string): void => {
      clearTimeout(timer);
      reject(new Error(`no port leads to the pods: ${reason}\n${printed.trim()}`));
    };
    const timer = setTimeout(() => give(`nothing after ${startSeconds} s`), startSeconds * 1000);
    const take = (data: Buffer): void => {
      printed += data.toString("utf8");
      const [, port] = /^Forwarding from 127\.0\.0\.1:(\d+)/m.exec(printed) ?? [];
      const refused = /^(error|Error from server).*$/m.exec(printed)?.[0];
      if (port === undefined && refused === undefined) return;
      if (port === undefined) return give(refused ?? "");
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    child.on("error", (error) => give(error.message));
  });
}
