import type { EstimateLine } from "./contract";

/** As the clouds themselves reckon. */
export const hoursOfMonth = 730;

export function byTheHour(what: string, count: number, price: number): EstimateLine {
  return line(what, `${count} x ${hoursOfMonth} h x ${price}`, count * hoursOfMonth * price);
}

/** In whole cents. */
export function line(what: string, arithmetic: string, figure: number): EstimateLine {
  return { what, arithmetic, monthly: Math.round(figure * 100) / 100 };
}

export function unpriced(what: string, arithmetic: string): EstimateLine {
  return { what, arithmetic };
}
