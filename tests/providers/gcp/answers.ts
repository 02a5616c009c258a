import type { Answers } from "../../support/recording";

/** The stack's config of Google's provider, as far as the adapter reads it. */
export const gcpConfig = { "gcp:project": "example-project" } as const;

const authority = (name: string, number: number) => `-----BEGIN CERTIFICATE-----\nof ${name}, ${number}\n-----END CERTIFICATE-----`;

/** What Google would answer, as far as other resources read it. */
export const gcpAnswers: Answers = {
  outputs: (type, name, inputs) => {
    switch (type) {
      case "gcp:container/cluster:Cluster":
        return {
          endpoint: "192.0.2.10",
          masterAuth: { clusterCaCertificate: "Q0E=" },
          controlPlaneEndpointsConfig: {
            ...(inputs["controlPlaneEndpointsConfig"] as object),
            dnsEndpointConfig: { endpoint: "gke-c0ffee.europe-west3.gke.goog" },
          },
        };
      case "gcp:sql/databaseInstance:DatabaseInstance":
        return { privateIpAddress: "10.64.160.3", serverCaCerts: [{ cert: authority(name, 1) }, { cert: authority(name, 2) }] };
      case "gcp:redis/instance:Instance":
        return {
          host: `10.64.161.${name.endsWith("sessions") ? 4 : 5}`,
          authString: `password-of-${name}`,
          serverCaCerts: [{ cert: authority(name, 1) }, { cert: authority(name, 2) }],
        };
      case "gcp:filestore/instance:Instance":
        return { networks: [{ ipAddresses: ["10.64.162.2"] }] };
      case "gcp:serviceaccount/account:Account":
        return {
          email: `${String(inputs["accountId"])}@example-project.iam.gserviceaccount.com`,
          name: `projects/example-project/serviceAccounts/${String(inputs["accountId"])}@example-project.iam.gserviceaccount.com`,
        };
      case "gcp:storage/hmacKey:HmacKey":
        return { accessId: "GOOG1EXAMPLE", secret: `secret-of-${name}` };
      case "random:index/randomPassword:RandomPassword":
        return { result: `password-of-${name}` };
      case "random:index/randomId:RandomId":
        return { hex: "c0ffee00" };
      default:
        return { name: inputs["name"] ?? `${name}-name` };
    }
  },
  invokes: {
    "gcp:compute/getZones:getZones": () => ({ names: ["europe-west3-c", "europe-west3-a", "europe-west3-b"] }),
  },
};
