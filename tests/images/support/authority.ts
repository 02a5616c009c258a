import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Services } from "./services";

/** What a server shows, and the key that proves it. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];

/** A certificate authority that only one suite knows. */
export class Authority {
  private count = 0;

  private constructor(
    private readonly services: Services,
    private readonly folder: string,
    /** Its own certificate, for those who shall trust it. */
    readonly certificate: string,
  ) {}

  /** @param folder an empty one */
  static async found(services: Services, folder: string): Promise<Authority> {
    const subject = ["-subj", `/CN=authority ${randomBytes(4).toString("hex")} of tests`, "-addext", "basicConstraints=critical,CA:true", "-addext", "keyUsage=critical,keyCertSign"];
    await services.run("root", folder, ["openssl", "req", "-x509", ...curve, ...subject, "-keyout", `${folder}/ca.key`, "-out", `${folder}/ca.pem`]);
    return new Authority(services, folder, fs.readFileSync(path.join(folder, "ca.pem"), "utf8"));
  }

  /** A certificate for these names alone, as `DNS:cache.example` and `IP:127.0.0.1`. */
  async issue(...names: string[]): Promise<Certificate> {
    this.count += 1;
    const { folder } = this;
    const [key, file] = [`${folder}/${this.count}.key`, `${folder}/${this.count}.pem`];
    const what = ["-subj", "/CN=a server of tests", "-addext", `subjectAltName=${names.join(",")}`, "-addext", "basicConstraints=CA:false"];
    await this.services.run("root", folder, ["openssl", "req", "-x509", ...curve, ...what, "-CA", `${folder}/ca.pem`, "-CAkey", `${folder}/ca.key`, "-keyout", key, "-out", file]);
    return { certificate: fs.readFileSync(file, "utf8"), key: fs.readFileSync(key, "utf8") };
  }
}
