import { useSyncExternalStore } from "react";

export type Theme = "auto" | "light" | "dark";

const place = "semblant-theme";
const listeners = new Set<() => void>();
let current: Theme = "auto";
try {
  const kept = localStorage.getItem(place);
  if (kept === "light" || kept === "dark") current = kept;
} catch {
  // A browser that keeps nothing.
}
show();

function show(): void {
  if (current === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = current;
}

function setTheme(theme: Theme): void {
  current = theme;
  show();
  try {
    localStorage.setItem(place, theme);
  } catch {
    // It holds until the page is closed.
  }
  for (const listener of listeners) listener();
}

const subscribe = (changed: () => void) => {
  listeners.add(changed);
  return () => void listeners.delete(changed);
};

/** Light, dark, or as the system has it. */
export function useTheme(): { readonly theme: Theme; readonly setTheme: (theme: Theme) => void } {
  return { theme: useSyncExternalStore(subscribe, () => current), setTheme };
}
