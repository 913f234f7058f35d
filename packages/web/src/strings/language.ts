import { useSyncExternalStore } from "react";
import { de } from "./de/all.ts";
import { en } from "./en/all.ts";
import type { Wide } from "./en/wide.ts";

export type Language = "en" | "de";

/** All that the page says. */
export type Said = Wide<typeof en>;

export interface Words extends Said {
  /** How a face of a class looks: "happy-looking". */
  readonly look: (className: string) => string;
}

const said: Readonly<Record<Language, Words>> = { en: withLook(en), de: withLook(de) };

function withLook(words: Said): Words {
  const known: Readonly<Record<string, string>> = words.looks.known;
  return { ...words, look: (name) => known[name] ?? words.looks.other(name) };
}

/** The languages by their own names. */
export const languages: Readonly<Record<Language, string>> = { en: "English", de: "Deutsch" };

const place = "semblant-language";
const listeners = new Set<() => void>();
let current = first();

function first(): Language {
  const kept = readKept();
  if (kept !== undefined) return kept;
  return navigator.languages.some((tag) => tag.startsWith("de")) && !navigator.languages[0]?.startsWith("en") ? "de" : "en";
}

function readKept(): Language | undefined {
  try {
    const kept = localStorage.getItem(place);
    return kept === "en" || kept === "de" ? kept : undefined;
  } catch {
    return undefined; // a browser that keeps nothing
  }
}

/** Says everything in another language from now on. */
export function setLanguage(language: Language): void {
  current = language;
  try {
    localStorage.setItem(place, language);
  } catch {
    // It holds until the page is closed.
  }
  for (const listener of listeners) listener();
}

const subscribe = (changed: () => void) => {
  listeners.add(changed);
  return () => void listeners.delete(changed);
};

export function useLanguage(): { readonly language: Language; readonly setLanguage: (language: Language) => void } {
  return { language: useSyncExternalStore(subscribe, () => current), setLanguage };
}

/** All words in the language of the page. */
export function useWords(): Words {
  return said[useLanguage().language];
}
