/** Parts of the price of a plan, as an adapter answers them. */
interface Priced {
  readonly currency: string;
  readonly asOf: string;
  readonly region: string;
  readonly lines: readonly { readonly what: string; readonly arithmetic: string; readonly monthly?: number }[];
}

/** What a platform costs a month, for people. */
export interface MonthlyEstimate {
  /** Of the priced lines only. */
  readonly total: string;
  readonly asOf: string;
  readonly region: string;
  /** By what is paid for: the price and how it comes about. */
  readonly priced: Readonly<Record<string, string>>;
  /** By what is paid for: why there is no price. */
  readonly notPriced: Readonly<Record<string, string>>;
}

export function readableEstimate({ currency, asOf, region, lines }: Priced): MonthlyEstimate {
  const total = lines.reduce((sum, { monthly = 0 }) => sum + monthly, 0);
  const known = lines.filter(({ monthly }) => monthly !== undefined);
  const unknown = lines.filter(({ monthly }) => monthly === undefined);
  return {
    total: `${total.toFixed(2)} ${currency}, and what is not priced`,
    asOf,
    region,
    priced: Object.fromEntries(known.map(({ what, monthly = 0, arithmetic }) => [what, `${monthly.toFixed(2)} = ${arithmetic}`])),
    notPriced: Object.fromEntries(unknown.map(({ what, arithmetic }) => [what, arithmetic])),
  };
}
