import type { Language } from "../../../strings/language.ts";
import type { Estimate } from "../data/shapes.ts";

const locales: Readonly<Record<Language, string>> = { en: "en-GB", de: "de-DE" };

/** A number with as many digits as are asked for; a dash where it is not defined. */
export function decimal(value: number | null | undefined, digits: number, language: Language): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  return new Intl.NumberFormat(locales[language], { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** "71.2 (69.0–73.1)". */
export function estimate({ value, low, high }: Estimate, language: Language, digits = 1): string {
  const middle = decimal(value, digits, language);
  return low === null || high === null ? middle : `${middle} (${decimal(low, digits, language)}–${decimal(high, digits, language)})`;
}
