import { native } from "../binding.ts";
import type { BeatHandle, StoreHandle } from "../native.ts";

/** Where a store is, and how long it is waited for, in seconds. */
export interface StorePlace {
  readonly address: string;
  readonly port: number;
  /** Whether this process keeps it for all. */
  readonly keeps: boolean;
  readonly timeLimit: number;
  /** Before each key; with its own a group can use a store that others use. */
  readonly prefix: string;
}

/** Short texts that all processes of a group see. Waiting takes no processor time. */
export class KeyStore {
  readonly #place: StorePlace;
  readonly #own: StoreHandle;
  #connection: StoreHandle | null;

  /** @throws Error of c10d if the port is taken or nothing listens there */
  constructor(place: StorePlace) {
    this.#place = place;
    this.#own = open(place);
    this.#connection = this.#own;
  }

  /** What the addon knows it by. */
  get handle(): StoreHandle {
    return this.#connected();
  }

  set(key: string, text: string): void {
    native().storeSet(this.#connected(), key, text);
  }

  /** The text of a key, once it is there; null where it is not within so many seconds. */
  get(key: string, seconds: number): string | null {
    const text = native().storeGet(this.#connected(), key, Math.max(0.001, seconds));
    if (text === null) this.reconnect(); // the answer may come yet, and would be taken for that to another question
    return text;
  }

  has(key: string): boolean {
    return native().storeHas(this.#connected(), key);
  }

  /** Adds to a key's number; gives the sum. */
  add(key: string, number: number): number {
    return native().storeAdd(this.#connected(), key, number);
  }

  /** From here on by a new connection, made when it is needed. */
  reconnect(): void {
    if (this.#connection !== null && this.#connection !== this.#own) native().closeStore(this.#connection);
    this.#connection = null;
  }

  /** Begins to count at a key, every second, for as long as this process is alive. */
  beat(key: string): BeatHandle {
    const { address, port, prefix } = this.#place;
    return native().startBeat(address, port, prefix, key);
  }

  /** Ends the connection, and for all where the store is kept here. */
  close(): void {
    this.reconnect();
    native().closeStore(this.#own);
  }

  #connected(): StoreHandle {
    this.#connection ??= open({ ...this.#place, keeps: false, timeLimit: Math.min(this.#place.timeLimit, 3) });
    return this.#connection;
  }
}

const open = ({ address, port, keeps, timeLimit, prefix }: StorePlace) =>
  native().openStore(address, port, keeps, Math.max(1, timeLimit), prefix);
