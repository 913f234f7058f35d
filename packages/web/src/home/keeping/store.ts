import type { Change, Table, Tables } from "./rows.ts";

/** Where rows and pictures are kept: in the browser's storage, or (where it has none for this page) in memory. */
export interface Store {
  /** Whether all of it is there after a reload. */
  readonly kept: boolean;
  all<T extends Table>(table: T): Promise<Tables[T][]>;
  get<T extends Table>(table: T, key: string | number): Promise<Tables[T] | undefined>;
  /** All of the changes, or none. */
  change(changes: readonly Change[]): Promise<void>;
  readonly pictures: Pictures;
  /** Everything goes: rows and pictures. */
  erase(): Promise<void>;
}

/** Copies of the visitor's pictures, by the SHA-256 of their bytes. */
export interface Pictures {
  /** Whole or not at all. */
  put(hash: string, bytes: Blob): Promise<void>;
  get(hash: string): Promise<Blob | undefined>;
  drop(hash: string): Promise<void>;
  hashes(): Promise<readonly string[]>;
}
