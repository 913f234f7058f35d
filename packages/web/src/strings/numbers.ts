import type { Language } from "./language.ts";

/** Making a format takes longer than many uses of it: there is one of each language. */
const formats = { en: formatsOf("en-GB"), de: formatsOf("de-DE") } satisfies Record<Language, unknown>;

function formatsOf(locale: string) {
  return {
    count: new Intl.NumberFormat(locale),
    percent: new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }),
    day: new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }),
    month: new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" }),
  };
}

/** A share of 1 in percent: "87 %"; what is not nothing is never 0. */
export function percent(share: number, language: Language): string {
  if (share > 0 && share < 0.005) return "<1 %";
  return `${formats[language].percent.format(share * 100)} %`;
}

/** A count with its groups of three: "12,345". */
export function count(value: number, language: Language): string {
  return formats[language].count.format(value);
}

/** A day of milliseconds since 1970: "1 July 2024". */
export function day(time: number, language: Language): string {
  return formats[language].day.format(time);
}

/** A month of milliseconds since 1970: "July 2024". */
export function month(time: number, language: Language): string {
  return formats[language].month.format(time);
}

/** A size: "3.4 MB", "12 GB". */
export function size(bytes: number, language: Language): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** power;
  const unit = units[power] as string;
  return new Intl.NumberFormat(language === "de" ? "de-DE" : "en-GB", {
    style: "unit",
    unit,
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}
