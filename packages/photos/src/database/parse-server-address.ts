import { OptionError } from "@semblant/core";
import { nearest, show } from "@semblant/core/internals";
import { withoutPassword } from "./server-address.ts";

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

/** Bytes of a name in UTF-8 that PostgreSQL keeps. */
const longestName = 63;

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
  if (schema.startsWith("pg_")) {
    throw new OptionError(`library: expected a schema of at most 63 bytes that does not begin with pg_, but got ${show(schema)}.`);
  }
  const [user, password, database] = [url.username, url.password, url.pathname.slice(1)].map((part) => decoded(part) || undefined);
  for (const [what, name] of Object.entries({ schema, user, database })) refuseLong(what, name);
  if ([host, schema, user, password, database].some((part) => part?.includes("\0"))) {
    throw new OptionError("library: expected an address without the character 0 (%00), but got one with it.");
  }
  const port = url.port === "" ? undefined : Number(url.port);
  return {
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(database !== undefined && { database }),
    schema,
    encryption: encryptionOf(given, host),
    name: withoutPassword(text),
  };
}

/** PostgreSQL cuts a longer name without a word, so that two names would be one. */
function refuseLong(what: string, name = ""): void {
  const bytes = Buffer.byteLength(name);
  if (bytes <= longestName) return;
  const more = bytes === name.length ? "" : "\n  A letter such as ü has 2 bytes; others have up to 4.";
  throw new OptionError(`library: expected a ${what} of at most ${longestName} bytes, but got ${show(name)}, which has ${bytes}.${more}`);
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
export function placeOf({ host, port }: ServerAddress): string {
  const { PGHOST = "localhost", PGPORT = 5432 } = process.env;
  return `${host ?? PGHOST}:${port ?? PGPORT}`;
}
