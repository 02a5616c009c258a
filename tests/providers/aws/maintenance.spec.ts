import { expect } from "chai";
import * as fc from "fast-check";
import { backupWindow, maintenanceWindow, vaultHour } from "../../../providers/aws/maintenance";

describe("AWS windows", () => {
  const day = "wed" as const;

  it("are written as RDS and ElastiCache read them", () => {
    expect(maintenanceWindow({ day, hour: 2, backupHour: 0 })).to.equal("wed:02:00-wed:03:00");
    expect(backupWindow({ day, hour: 2, backupHour: 0 })).to.equal("00:00-01:00");
    expect(backupWindow({ day, hour: 2, backupHour: 23 })).to.equal("23:00-00:00");
  });

  it("leave the vault an hour in which backups of a database do not fail", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 23 }), (hour, backupHour) => {
        fc.pre(hour !== backupHour);
        const start = vaultHour({ day, hour, backupHour });
        expect([hour, (hour + 23) % 24, backupHour]).not.to.include(start);
        expect((start - backupHour + 24) % 24).to.be.within(1, 3);
      }),
    );
  });
});
