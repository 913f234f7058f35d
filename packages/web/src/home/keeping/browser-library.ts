import { PhotoLookup } from "./photo-lookup.ts";
import { type Change, keyOf, type Table, type Tables } from "./rows.ts";
import { inStorageWords } from "./storage-words.ts";
import type { Store } from "./store.ts";
import type { TabMessage, Tabs } from "./tabs.ts";

/** Tables that are held in memory; documents and thumbnails are read when they are asked for. */
const held = ["files", "photos", "faces", "corrections", "errors", "facts"] as const;
type Held = (typeof held)[number];
type Rows = { readonly [T in Held]: Map<string | number, Tables[T]> };

/** The rows of the browser's library, in memory and in its store, the same in every tab. */
export class BrowserLibrary {
  readonly store: Store;
  readonly tabs: Tabs;
  /** Photos by path and bytes, faces by photo. */
  readonly lookup = new PhotoLookup();
  readonly #rows: Rows = {
    files: new Map(),
    photos: new Map(),
    faces: new Map(),
    corrections: new Map(),
    errors: new Map(),
    facts: new Map(),
  };
  readonly #onChange = new Set<(tables: ReadonlySet<Table>) => void>();
  readonly #onMessage = new Set<(message: TabMessage) => void>();
  /** Whether another tab is ahead by more than was told. */
  #behind = true;
  #loading: Promise<void> | undefined;
  #loaded = false;

  constructor(store: Store, tabs: Tabs) {
    this.store = store;
    this.tabs = tabs;
    tabs.hear((message) => this.#meet(message));
  }

  /** The rows of a table, by their keys, the smallest first. Only after {@link ready}; nobody else may change them. */
  rows<T extends Held>(table: T): ReadonlyMap<string | number, Tables[T]> {
    return this.#rows[table];
  }

  fact<T>(name: string): T | undefined {
    return this.#rows.facts.get(name)?.value as T | undefined;
  }

  /** Another number whenever a row of photos, faces, corrections, files, errors or facts changed. */
  get revision(): number {
    return this.fact<number>("revision") ?? 0;
  }

  /** Comes once the rows are those of the store. */
  async ready(): Promise<this> {
    if (this.#behind) {
      this.#loading ??= this.#load().finally(() => {
        this.#loading = undefined;
      });
      await this.#loading;
    }
    return this;
  }

  /**
   * Changes rows, in one transaction, while no other tab writes.
   *
   * @param work says from the rows as they are what is to change; nothing, if there is nothing to
   * @throws DataError (full) where the browser's storage is; nothing is changed then
   */
  async change(work: () => readonly Change[] | Promise<readonly Change[]>): Promise<void> {
    await this.#alone(async () => {
      const stored = (await this.store.get("facts", "revision"))?.value;
      if (stored !== undefined && stored !== this.revision) this.#behind = true;
      await this.ready();
      const wanted = await work();
      if (wanted.length === 0) return;
      const inMemory = wanted.some(({ table }) => (held as readonly Table[]).includes(table));
      const revision = this.revision + 1;
      const changes: readonly Change[] = inMemory ? [...wanted, { table: "facts", put: { name: "revision", value: revision } }] : wanted;
      await this.store.change(changes);
      if (!inMemory) return;
      this.#apply(changes);
      const told = changes.filter(({ table }) => table !== "thumbnails");
      this.tabs.tell({ type: "changed", revision, changes: told });
    });
  }

  /** Everything goes, here and in the store. */
  async erase(): Promise<void> {
    await this.tabs.alone(async () => {
      const revision = this.revision + 1;
      await this.store.erase();
      await this.store.change([{ table: "facts", put: { name: "revision", value: revision } }]);
      this.#behind = true;
      await this.ready();
      this.tabs.tell({ type: "erased" });
    });
  }

  /** Tells after each change, by this tab or another, which tables it was in. */
  onChange(listener: (tables: ReadonlySet<Table>) => void): () => void {
    this.#onChange.add(listener);
    return () => void this.#onChange.delete(listener);
  }

  /** What other tabs tell besides. */
  onMessage(listener: (message: TabMessage) => void): () => void {
    this.#onMessage.add(listener);
    return () => void this.#onMessage.delete(listener);
  }

  #alone(work: () => Promise<void>): Promise<void> {
    return inStorageWords(() => this.tabs.alone(work));
  }

  async #load(): Promise<void> {
    const first = !this.#loaded;
    do {
      this.#behind = false; // what is told meanwhile puts it back
      const tables = await Promise.all(held.map((table) => this.store.all(table)));
      this.lookup.clear();
      for (const [i, table] of held.entries()) {
        this.#rows[table].clear();
        for (const put of tables[i] as readonly unknown[]) this.#take({ table, put } as Change);
      }
    } while (this.#behind);
    this.#loaded = true;
    if (!first) this.#tell(new Set(held));
  }

  #meet(message: TabMessage): void {
    if (message.type === "erased") this.#fallBehind();
    else if (message.type === "changed") {
      if (this.#behind || message.revision > this.revision + 1) this.#fallBehind();
      else if (message.revision === this.revision + 1) this.#apply(message.changes);
    } else for (const listener of this.#onMessage) listener(message);
  }

  #fallBehind(): void {
    this.#behind = true;
    if (this.#loading === undefined) void this.ready();
  }

  #apply(changes: readonly Change[]): void {
    for (const change of changes) this.#take(change);
    this.#tell(new Set(changes.map(({ table }) => table)));
  }

  #take(change: Change): void {
    const rows = this.#rows[change.table as Held] as Map<string | number, unknown> | undefined;
    if (rows === undefined) return;
    if ("drop" in change) rows.delete(change.drop);
    else rows.set((change.put as never)[keyOf[change.table]], change.put);
    this.lookup.take(change);
  }

  #tell(tables: ReadonlySet<Table>): void {
    for (const listener of this.#onChange) listener(tables);
  }
}
