import { X509Certificate } from "node:crypto";
import { expect } from "chai";
import { databaseAuthority } from "../../../providers/aws/authorities";

describe("AWS authorities", () => {
  const regions = ["us-east-1", "us-west-2", "eu-central-1", "eu-west-1", "eu-west-2", "ap-southeast-2", "sa-east-1"];

  for (const region of regions) {
    it(`of ${region} is that region's own root and lasts`, () => {
      const certificate = new X509Certificate(databaseAuthority(region) ?? "");
      expect(certificate.subject).to.contain(`CN=Amazon RDS ${region} Root CA RSA2048 G1`);
      expect(certificate.ca).to.equal(true);
      expect(certificate.verify(certificate.publicKey), "signed by itself").to.equal(true);
      expect(new Date(certificate.validTo).getUTCFullYear()).to.be.at.least(2060);
    });
  }

  it("are not read from anywhere else", () => {
    expect(databaseAuthority("eu-west-1 Root CA")).to.equal(undefined);
    expect(databaseAuthority("mars-1")).to.equal(undefined);
  });
});
