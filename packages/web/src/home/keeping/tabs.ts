import type { Job } from "@semblant/api";
import type { Change } from "./rows.ts";

/** What tabs tell each other. */
export type TabMessage =
  /** The library went to this revision by these changes. */
  | { readonly type: "changed"; readonly revision: number; readonly changes: readonly Change[] }
  | { readonly type: "erased" }
  | { readonly type: "document"; readonly name: string }
  | { readonly type: "job"; readonly job: Job }
  /** The tab in whose name a job runs is asked to stop it. */
  | { readonly type: "stop"; readonly job: number };

/** The tabs of one browser that have the same storage. */
export interface Tabs {
  /** Does something while no other tab writes. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Takes what one tab does at a time; undefined where another tab does it. @returns gives it back */
  claim(what: string): Promise<(() => void) | undefined>;
  tell(message: TabMessage): void;
  /** Hears what other tabs tell. */
  hear(listener: (message: TabMessage) => void): void;
}

/** Web Locks say whose turn it is, and end with their tab; a BroadcastChannel tells what happened. */
export function openTabs(name = "semblant"): Tabs {
  const channel = new BroadcastChannel(name);
  const { locks } = navigator;
  return {
    alone: (work) => locks.request(`${name} writes`, work) as Promise<never>,
    claim: (what) =>
      new Promise((given, failed) => {
        locks
          .request(`${name} ${what}`, { ifAvailable: true }, (lock) => {
            if (lock === null) return given(undefined);
            return new Promise<void>((release) => given(release));
          })
          .catch(failed);
      }),
    tell: (message) => channel.postMessage(message),
    hear: (listener) => channel.addEventListener("message", ({ data }: MessageEvent<TabMessage>) => listener(data)),
  };
}

/** For a library that no other tab sees: one after the other. */
export function onlyTab(): Tabs {
  let last: Promise<unknown> = Promise.resolve();
  const claimed = new Set<string>();
  return {
    alone: <T>(work: () => Promise<T>) => {
      const mine = last.then(work);
      last = mine.catch(() => undefined);
      return mine;
    },
    async claim(what) {
      if (claimed.has(what)) return undefined;
      claimed.add(what);
      return () => void claimed.delete(what);
    },
    tell: () => undefined,
    hear: () => undefined,
  };
}
