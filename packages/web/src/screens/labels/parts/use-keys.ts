import { useEffect, useRef, useSyncExternalStore } from "react";

const place = "semblant-label-keys";
const listeners = new Set<() => void>();
let areOn = true;
try {
  areOn = localStorage.getItem(place) !== "off";
} catch {
  // A browser that keeps nothing.
}

/** Single keys can be switched off: who speaks to the computer, or leans on the keyboard, would decide by accident. */
export function useKeysSwitch(): readonly [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    () => areOn,
  );
  return [on, setOn];
}

function setOn(on: boolean): void {
  areOn = on;
  try {
    localStorage.setItem(place, on ? "on" : "off");
  } catch {
    // It holds until the page is closed.
  }
  for (const listener of listeners) listener();
}

/** Where keys have another meaning. */
const busy = "input:not([type=checkbox]), textarea, select, [role=menu], [role=listbox], [role=dialog], [role=alertdialog], [role=slider]";

/**
 * Hears single keys anywhere on the page, but where one types or chooses. Also Ctrl+Z, as "undo".
 *
 * @param actions by the key in lower case, as "k" or "arrowleft"
 */
export function useKeys(actions: Readonly<Record<string, (() => void) | undefined>>): void {
  const now = useRef(actions);
  now.current = actions;
  const [on] = useKeysSwitch();
  useEffect(() => {
    if (!on) return;
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.isComposing || document.querySelector(".dialog-veil, .popover") !== null) return;
      if (event.target instanceof Element && event.target.closest(busy) !== null) return;
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
      if ((event.ctrlKey || event.metaKey) && !isUndo) return;
      const action = now.current[isUndo ? "undo" : event.key.toLowerCase()];
      if (action === undefined) return;
      event.preventDefault();
      if (!event.repeat || event.key.startsWith("Arrow")) action();
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [on]);
}
