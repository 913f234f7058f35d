import type { AppEvent } from "@semblant/api";

/** A request as it crosses into the worker: a form as its parts, since forms do not cross. */
export interface SentRequest {
  readonly method: string;
  /** After /api. */
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string | Blob | { readonly form: readonly (readonly [string, string | File])[] };
}

export interface SentResponse {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: ArrayBuffer;
}

/** What the page tells the worker of its home. */
export type ToHome =
  /** First of all: where the page's own files are. */
  | { readonly type: "start"; readonly base: string }
  | { readonly type: "request"; readonly id: number; readonly request: SentRequest }
  | { readonly type: "abort"; readonly id: number };

/** What the worker tells the page. */
export type FromHome =
  | { readonly type: "response"; readonly id: number; readonly response: SentResponse }
  | { readonly type: "failure"; readonly id: number; readonly message: string }
  | { readonly type: "event"; readonly event: AppEvent };
