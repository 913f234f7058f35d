import type { Language } from "./language.ts";

const locales: Readonly<Record<Language, string>> = { en: "en-GB", de: "de-DE" };

/** A share of 1 in percent: "87 %", "under 1 %" as "<1 %". */
export function percent(share: number, language: Language): string {
  if (share > 0 && share < 0.005) return "<1 %";
  return `${new Intl.NumberFormat(locales[language], { maximumFractionDigits: 0 }).format(share * 100)} %`;
}

/** A count with its groups of three: "12,345". */
export function count(value: number, language: Language): string {
  return new Intl.NumberFormat(locales[language]).format(value);
}

/** A day: "1 July 2024". */
export function day(time: number, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: "long", timeZone: "UTC" }).format(time);
}
