import { OptionError } from "@semblant/core";
import { show } from "@semblant/core/internals";

/** A scheme, as of any address; a drive's letter is none. */
const anyScheme = /^[a-z][a-z0-9+.-]+:\/\//i;
/** The scheme with another number of slashes than `postgres://host` and `postgres:///database` have. */
const wrongSlashes = /^postgres(?:ql)?(?::(?:\/?(?!\/)|\/{4})|\/\/)/i;

/**
 * Whether a library is said to lie on a database server.
 *
 * @throws OptionError if it is an address of another kind, or nearly one of PostgreSQL: no file is meant by that
 *
 * @example
 * isServerAddress("postgres://anna@db.example/photos"); // true
 *
 * @example
 * isServerAddress("postgres.sqlite"); // false
 */
export function isServerAddress(place: string): boolean {
  const isServers = /^postgres(ql)?:\/\//i.test(place);
  const begin = wrongSlashes.exec(place)?.[0] ?? (isServers ? undefined : anyScheme.exec(place)?.[0]);
  if (begin === undefined) return isServers;
  throw new OptionError(
    `--library: expected a file or an address postgres://USER@HOST/DATABASE, but got one that begins with ${show(begin)}.\n` +
      "  A file of such a name is written with ./ before it.",
  );
}

/**
 * A server's address as it may be shown and written down; a file's path as it is.
 *
 * @example
 * withoutPassword("postgres://anna:secret@db.example/photos"); // "postgres://anna@db.example/photos"
 */
export function withoutPassword(place: string): string {
  if (!isServerAddress(place)) return place;
  const address = URL.canParse(place) ? new URL(place) : undefined;
  // A password that should have been written %2F ends the name of the host, and what follows looks like a path.
  if (address === undefined || address.pathname.includes("@")) return place.replace(/:\/\/.*@/s, "://").replace(/\?.*$/s, "");
  address.password = "";
  for (const name of ["password", "sslpassword"]) address.searchParams.delete(name);
  return address.href;
}
