import { hostname, networkInterfaces } from "node:os";

/** Addresses that only this machine reaches. */
const loopback = ["127.0.0.1", "localhost", "::1"];
/** Addresses that stand for all of a machine's own. */
const every = ["0.0.0.0", "::", ""];

/**
 * Whether only this machine reaches a server that listens there.
 *
 * @example
 * ["127.0.0.1", "localhost", "0.0.0.0", "192.168.1.7"].map(isLoopback); // [true, true, false, false]
 */
export function isLoopback(host: string): boolean {
  return loopback.includes(bare(host)) || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/**
 * What a request may name as its host. A page of another site that lets its name point at this machine names its own, and is refused.
 *
 * @param host where the server listens
 *
 * @example
 * allowedHosts("127.0.0.1", 4100).has("localhost:4100"); // true
 */
export function allowedHosts(host: string, port: number): ReadonlySet<string> {
  const own = every.includes(bare(host))
    ? [hostname(), ...Object.values(networkInterfaces()).flatMap((addresses) => (addresses ?? []).map(({ address }) => address))]
    : [bare(host)];
  const names = [...loopback, ...own].map((name) => inAddress(name.toLowerCase()));
  return new Set([...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])]); // no browser says 80
}

/**
 * A host as an address has it.
 *
 * @example
 * inAddress("::1"); // "[::1]"
 */
export function inAddress(host: string): string {
  const name = bare(host);
  return name.includes(":") ? `[${name}]` : name;
}

const bare = (host: string) => host.replace(/^\[|\]$/g, "");
