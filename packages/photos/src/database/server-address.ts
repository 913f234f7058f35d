<<<<<<< HEAD
/**
 * Whether a library is said to lie on a database server.
 *
 * @example
 * isServerAddress("postgres://anna@db.example/photos"); // true
 *
 * @example
 * isServerAddress("postgres.sqlite"); // false
 */
export function isServerAddress(place: string): boolean {
  return /^postgres(ql)?:\/\//i.test(place);
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
=======
import { OptionError } from "@semblant/core";
import { nearest, show } from "@semblant/core/internals";

/** Where a server is, who asks it, and which schema of its database is meant. */
export interface ServerAddress {
  /** A name, a number, or the folder of a Unix socket; absent where the usual one is meant (PGHOST, or this machine). */
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly schema: string;
  readonly encryption: Encryption;
  /** The address as it may be shown: without a password. */
  readonly name: string;
}

/** As libpq's sslmode: `disable`, `require` (encrypted, whoever answers), `verify-full` (the certificate must be the host's). */
export interface Encryption {
  readonly mode: "disable" | "require" | "verify-full";
  /** Files with certificates: of who vouches for the server, of who asks, and the latter's key. */
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
}

/** What an address may say after its question mark. */
const parameters = ["schema", "sslmode", "sslrootcert", "sslcert", "sslkey", "host"];

/** Whether a library's name is the address of a server. */
export const isServerAddress = (name: string): boolean => /^postgres(ql)?:\/\//i.test(name);

/**
 * Reads `postgres://user:password@host:port/database?schema=name`. Everything but the first word may be left out.
 *
 * Without `sslmode`, another machine is asked encrypted, and this one is not.
 *
 * @throws OptionError if it cannot be read, or says something that is not known
 *
 * @example
 * parseServerAddress("postgres://ann:secret@photos.local/family").name; // "postgres://ann@photos.local/family"
 */
export function parseServerAddress(text: string): ServerAddress {
  const url = parsed(text);
  for (const key of url.searchParams.keys()) {
    if (parameters.includes(key)) continue;
    const meant = nearest(key, parameters);
    throw new OptionError(
      `library: expected an address with ${parameters.join(", ")} after the "?", but got ${show(key)}.` +
        (meant === undefined ? "" : `\n  Did you mean ${meant}?`),
    );
  }
  const given = (key: string) => url.searchParams.get(key) || undefined;
  const host = given("host") ?? (decoded(url.hostname).replace(/^\[(.*)\]$/, "$1") || undefined);
  const schema = given("schema") ?? "semblant";
  if (schema.length > 63 || schema.startsWith("pg_")) {
    throw new OptionError(`library: expected a schema of at most 63 letters that does not begin with pg_, but got ${show(schema)}.`);
  }
  const [user, password, database] = [url.username, url.password, url.pathname.slice(1)].map((part) => decoded(part) || undefined);
  const port = url.port === "" ? undefined : Number(url.port);
  return {
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(database !== undefined && { database }),
    schema,
    encryption: encryptionOf(given, host),
    name: shown(url, schema),
  };
}

function parsed(text: string): URL {
  try {
    // "postgres://user@/database" names no host, which only special schemes of URLs refuse
    return new URL(text.replace(/^postgres(ql)?:/i, "postgres:").replace(/^(postgres:\/\/[^/@]*)@\//, "$1@localhost-socket/"));
  } catch {
    throw new OptionError("library: expected postgres://user@host/database, but got an address that cannot be read.");
  }
}

function decoded(part: string): string {
  if (part === "localhost-socket") return "";
  try {
    return decodeURIComponent(part);
  } catch {
    throw new OptionError('library: expected an address with each "%" followed by two digits, but got another.\n  A "%" itself is "%25".');
  }
}

/** An address names its database in the same words whoever asks, and shows no password. */
function shown(url: URL, schema: string): string {
  const who = url.username === "" ? "" : `${url.username}@`;
  const host = url.searchParams.get("host");
  const said = new URLSearchParams({ ...(schema !== "semblant" && { schema }), ...(host !== null && { host }) });
  return `postgres://${who}${url.host.replace("localhost-socket", "")}${url.pathname}${said.size === 0 ? "" : `?${said}`}`;
}

function encryptionOf(given: (key: string) => string | undefined, host: string | undefined): Encryption {
  const modes = { disable: "disable", require: "require", "verify-ca": "verify-full", "verify-full": "verify-full" } as const;
  const asked = given("sslmode") ?? (isThisMachine(host ?? process.env.PGHOST) ? "disable" : "require");
  if (!Object.hasOwn(modes, asked)) {
    throw new OptionError(`library: expected sslmode to be disable, require or verify-full, but got ${show(asked)}.`);
  }
  const [ca, certificate, key] = [given("sslrootcert"), given("sslcert"), given("sslkey")];
  return {
    mode: modes[asked as keyof typeof modes],
    ...(ca !== undefined && { ca }),
    ...(certificate !== undefined && { certificate }),
    ...(key !== undefined && { key }),
  };
}

function isThisMachine(host = "localhost"): boolean {
  return host.startsWith("/") || host === "localhost" || host === "::1" || host.startsWith("127.");
}

/** Host and port in a message. */
export function placeOf({ host = "localhost", port = 5432 }: ServerAddress): string {
  return `${host}:${port}`;
>>>>>>> aadf124a (Ask a PostgreSQL server as synchronously as a file: pg in a thread, transactions that run again, claims, failures in words)
}
