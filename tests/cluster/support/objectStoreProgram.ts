import * as fs from "node:fs";
import { ObjectStore } from "../../images/support/s3/objectStore";

// What runs in the pod of the S3 server.
const { PORT, ACCESS_KEY_ID = "", SECRET_ACCESS_KEY = "", CERTIFICATE = "", KEY = "" } = process.env;

ObjectStore.start({
  allowedAclHeader: "none",
  certificate: { certificate: fs.readFileSync(CERTIFICATE, "utf8"), key: fs.readFileSync(KEY, "utf8") },
  accessKey: { id: ACCESS_KEY_ID, secret: SECRET_ACCESS_KEY },
  at: { host: "0.0.0.0", port: Number(PORT) },
  heard: (served) => console.log(JSON.stringify(served)),
}).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
