import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** A secret of 256 random bits, for an address. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Whether two secrets are the same; how long that takes says nothing of where they differ, nor of their lengths. */
export function sameToken(given: string, token: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

/** Wrong secrets in so many milliseconds, after which no new one is looked at until that time is over. */
const most = 20;
const window = 60_000;

/** Counts wrong secrets. Windows that are signed in already are never held up by it. */
export class WrongTokens {
  readonly #now: () => number;
  #times: number[] = [];

  /** @param now milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  add(): void {
    this.#times.push(this.#now());
    if (this.#times.length > most) this.#times.shift();
  }

  /** Seconds until the next secret is looked at; 0 for at once. */
  get wait(): number {
    const [first] = this.#times;
    if (first === undefined || this.#times.length < most) return 0;
    return Math.max(0, Math.ceil((first + window - this.#now()) / 1000));
  }
}
