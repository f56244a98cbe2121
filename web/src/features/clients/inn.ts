// The check digits of the taxpayer's number: a wrong one is pointed at, never refused. Source: order of the Federal Tax
// Service ММВ-7-6/435@.
import { t } from "@/core/words";

const WEIGHTS = {
  tenth: [2, 4, 10, 3, 5, 9, 4, 6, 8],
  eleventh: [7, 2, 4, 10, 3, 5, 9, 4, 6, 8],
  twelfth: [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8],
};

const fits = (digits: string, weights: number[]) =>
  (weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11) % 10 ===
  Number(digits[weights.length]);

/** What is odd about a number, in words; undefined when nothing is or when there is none. */
export function innWarning(inn: string): string | undefined {
  if (!inn) return undefined;
  if (!/^(\d{10}|\d{12})$/.test(inn)) return t("web.client.inn_length");
  const right =
    inn.length === 10 ? fits(inn, WEIGHTS.tenth) : fits(inn, WEIGHTS.eleventh) && fits(inn, WEIGHTS.twelfth);
  return right ? undefined : t("web.client.inn_digits");
}
