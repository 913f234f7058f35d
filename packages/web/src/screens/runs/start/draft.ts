import { useSyncExternalStore } from "react";
import type { Typed } from "../data/queries.ts";

/** What was typed for a new run; it stays when the person looks elsewhere and comes back. */
export interface Draft {
  readonly source: "generated" | "folder";
  readonly path: string;
  readonly name: string;
  /** By dotted names, as typed; what is not there is as the command has it. */
  readonly settings: Typed;
}

const empty: Draft = { source: "generated", path: "", name: "", settings: {} };
let draft = empty;
const listeners = new Set<() => void>();

function change(part: Partial<Draft>): void {
  draft = { ...draft, ...part };
  for (const listener of listeners) listener();
}

const subscribe = (changed: () => void) => {
  listeners.add(changed);
  return () => void listeners.delete(changed);
};

/** Sets one setting; nothing leaves it as the command has it. */
function set(name: string, value: string): void {
  const { [name]: _, ...others } = draft.settings;
  change({ settings: value.trim() === "" ? others : { ...others, [name]: value } });
}

export const useDraft = () => ({ draft: useSyncExternalStore(subscribe, () => draft), change, set, forget: () => change(empty) });

/** The settings of a draft, its data included. */
export function settingsOf({ source, path, settings }: Draft): Typed {
  return source === "folder" ? { ...settings, "data.source": path.trim() } : settings;
}
