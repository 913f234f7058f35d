import { DataError, EngineError } from "@semblant/core";
import { connectingWords } from "./connecting-words.ts";
import { placeOf, type ServerAddress } from "./parse-server-address.ts";
import type { Failure } from "./server-messages.ts";

/** What the server or the system called it. */
class ServerCause extends Error {
  readonly code: string;
  /** Whether the server is away, and may come back. */
  readonly gone: boolean;

  constructor({ message, code, detail }: Failure, gone: boolean) {
    super(detail === undefined ? message : `${message} (${detail})`);
    this.code = code;
    this.gone = gone;
  }
}

const causeOf = (error: unknown): ServerCause | undefined =>
  error instanceof Error && error.cause instanceof ServerCause ? error.cause : undefined;

/** What a server called its error: PostgreSQL's SQLSTATE, as "23505"; undefined for other errors. */
export const serverCode = (error: unknown): string | undefined => causeOf(error)?.code;

/** Whether an error says that the server is away: what was asked may be asked again when it is back. */
export const isServerGone = (error: unknown): boolean => causeOf(error)?.gone === true;

/** What went wrong on a server, or on the way to it, in our words. */
export function inServersWords(failure: Failure, address: ServerAddress): Error {
  const said = failure.connecting || failure.lost ? connectingWords(failure, address) : undefined;
  if (said !== undefined) return new DataError(`library: ${said.text}`, { cause: new ServerCause(failure, said.gone) });
  if (failure.code === "CLOSED") return new EngineError(`library: expected ${address.name} to be open, but it was closed.`);
  const words = statementWords(failure, address);
  const cause = new ServerCause(failure, false);
  if (words !== undefined) return new DataError(`library: ${words}`, { cause });
  return new EngineError(`library: expected ${address.name} to answer, but it says: ${failure.message}.`, { cause });
}

const somethingElse = "  Try again when it is done.";

function statementWords({ code, message }: Failure, address: ServerAddress): string | undefined {
  const { name } = address;
  const where = placeOf(address);
  switch (code) {
    case "53100":
      return `expected room on the disk of ${where}, but it is full.\n  What was read before is kept; make room and go on.`;
    case "53200":
      return `expected memory on ${where}, but it has no more.\n  The server's own log says for what.`;
    case "58030":
    case "XX001":
    case "XX002":
      return `expected ${where} to read and write its files, but it cannot: ${message}.`;
    case "57014":
      return `expected ${where} to finish, but it was ended there: by its time limit (statement_timeout), or by somebody.`;
    case "55P03":
      return `expected ${name} to be free, but another process is writing to it.\n${somethingElse}`;
    case "25006":
      return `expected to write ${name}, but it may only be read.`;
    case "42501":
      return `expected the right to do this in ${name}, but the server refuses: ${message}.`;
    case "22021":
    case "22P05":
      return (
        `expected a text that ${name} can keep, but the server refuses it: ${message}.\n` +
        "  Its database needs the encoding UTF8, and no text may hold the character 0."
      );
    case "CLAIM_LOST":
      return `expected to hold ${name} still, but another took it while the connection was lost.\n${somethingElse}`;
    case "OUTCOME_UNKNOWN":
      return `expected ${where} to say whether what was written last is kept, but it does not.\n  Look before doing it again.`;
    case "40001":
    case "40P01":
      return `expected ${name} to be free, but others always came in between.\n  Try again when there are fewer.`;
    default:
      return undefined;
  }
}
