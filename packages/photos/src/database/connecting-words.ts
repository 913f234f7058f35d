import { placeOf, type ServerAddress } from "./parse-server-address.ts";
import type { Failure } from "./server-messages.ts";

/** What is said, and whether the server is only away: then waiting may help. */
interface Words {
  readonly text: string;
  readonly gone: boolean;
}

const passwordAdvice = "  Set PGPASSWORD, or write it into ~/.pgpass: host:port:database:user:password";
const mine = (text: string): Words => ({ text, gone: false });
const away = (text: string): Words => ({ text, gone: true });

/** Words for a connection that is not there. */
export function connectingWords({ code, message, lost }: Failure, address: ServerAddress): Words | undefined {
  const { database, user = "this user" } = address;
  const where = placeOf(address);
  const lookWith = (program: string) => `${program}${asked(address)}`;
  switch (code) {
    case "ECONNREFUSED":
    case "ENOENT":
      return away(
        `expected a PostgreSQL server at ${where}, but nothing answers there.\n  Is it running? Look with: ${lookWith("pg_isready")}`,
      );
    case "ENOTFOUND":
      return mine(`expected a machine named ${address.host}, but none was found.`);
    case "28P01":
      return mine(`expected the password of ${user} at ${where}, but got a wrong one.\n${passwordAdvice}`);
    case "NO_PASSWORD":
      return mine(`expected a password of ${user} at ${where}, but got none.\n${passwordAdvice}`);
    case "3D000":
      return mine(
        `expected a database ${database ?? "of the user's name"} at ${where}, but there is none.\n` +
          `  Make it with: ${lookWith("createdb")}${database === undefined ? "" : ` ${database}`}`,
      );
    case "28000":
      if (/no encryption|SSL off/.test(message)) {
        return mine(`expected ${where} to let ${user} in, but only who is encrypted may ask.\n  Add to the address: ?sslmode=require`);
      }
      return mine(`expected ${where} to let ${user} in, but it does not: ${message}.`);
    case "42501":
      return mine(`expected ${where} to let ${user} in, but it does not: ${message}.`);
    case "53300":
      return away(`expected a free connection at ${where}, but it has no more.\n  Raise max_connections there, or start fewer workers.`);
    case "57P03":
      return away(`expected ${where} to be ready, but it is starting or stopping.`);
    case "OUTCOME_UNKNOWN":
      return away(
        `expected ${where} to say whether what was written last is kept, but the connection is lost.\n  Look before doing it again.`,
      );
    default:
  }
  if (message.includes("does not support SSL")) {
    return mine(
      `expected ${where} to encrypt, but it cannot.\n  Set up TLS there, or in a network of your own add to the address: ?sslmode=disable`,
    );
  }
  if (/^(?:ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code)) {
    return mine(
      `expected the certificate of ${where} to be trusted, but it is not: ${message.split(";")[0]}.\n` +
        "  Name who vouches for it: ?sslmode=verify-full&sslrootcert=FILE",
    );
  }
  if (!lost && !message.includes("timeout")) return undefined;
  return away(`expected ${where} to answer, but the connection is lost.\n  What was written before is kept.`);
}

const asked = ({ host, port, user }: ServerAddress): string =>
  [host && ` -h ${host}`, port && ` -p ${port}`, user && ` -U ${user}`].filter(Boolean).join("");
