import { prices } from "../../../providers/aws/prices";
import type { CloudObject, Upkeep } from "../../provider/behaviour";
import { text } from "../../provider/properties";

type Monthly = Upkeep["monthly"];

/** A backup of so many GiB. Billed is what it holds, so this is the most it can cost. */
export function upTo(gibibytes: number, price: number): Monthly {
  return { usd: Math.round(gibibytes * price * 100) / 100, why: `at most (${gibibytes} GiB x ${price}): billed is what it holds` };
}

/** What is billed by an amount that only a real account has. */
export function byAmount(price: number, amount: string): Monthly {
  return { why: `${price} for each GiB ${amount}` };
}

/** Keys: https://aws.amazon.com/kms/pricing, secrets: https://aws.amazon.com/secrets-manager/pricing */
export const whileWaiting: Monthly = { usd: 0, why: "not billed while it waits for its deletion" };

/** A log group that stays. */
export function logUpkeep(object: CloudObject, group: string): Upkeep {
  return { monthly: byAmount(prices.monthly.logsGiB, "stored"), remove: removal(object, `logs delete-log-group --log-group-name ${group}`) };
}

/** The AWS CLI's command, in the region of the object that left it behind. */
export function removal({ outputs }: CloudObject, command: string): string {
  const region = text(outputs, "region");
  return `aws ${command}${region === undefined ? "" : ` --region ${region}`}`;
}
