import type { AppEvent as Told } from "@semblant/api";

/** What the page is told without asking. */
export type AppEvent =
  | Told
  /** The home cannot be reached (`away`), is back (`here`), or does not know this page (`stranger`). */
  | { readonly type: "connection"; readonly state: "here" | "away" | "stranger" };

/** How requests reach the home: over loopback, or into a worker of the page. */
export interface Transport {
  /** @param path with its leading slash, after /api */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** @returns stops watching */
  watch(listener: (event: AppEvent) => void): () => void;
  /** An address that an image element can show, or undefined where a picture must be fetched as a blob first. */
  imageAddress(path: string): string | undefined;
}
