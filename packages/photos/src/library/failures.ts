import { DataError } from "@semblant/core";

/**
 * What SQLite and the file system complain of, in our words; anything else comes back as it was.
 *
 * @param path the library's file
 *
 * @example
 * inOurWords(Object.assign(new Error("full"), { code: "SQLITE_FULL" }), "library.sqlite").message;
 * // "library: expected room on the disk for library.sqlite, but it is full.\n  What was read before is kept; make room and go on."
 */
export function inOurWords(error: unknown, path: string): Error {
  const given = error instanceof Error ? error : new Error(String(error));
  const code = String((given as { code?: unknown }).code ?? "");
  const say = (text: string) => new DataError(`library: ${text}`, { cause: given });
  const noRoom = ["SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "ENOSPC", "EDQUOT"].includes(code); // the second: for what readers share
  if (noRoom || /disk is full/.test(given.message)) {
    return say(`expected room on the disk for ${path}, but it is full.\n  What was read before is kept; make room and go on.`);
  }
  if (code === "SQLITE_NOTADB") return say(`expected ${path} to be a library, but it is no SQLite file.`);
  const strange =
    code === "SQLITE_ERROR" &&
    /^no such |^wrong number of arguments|^misuse of |malformed|already exists|duplicate column|vector|unsupported file format/i.test(
      given.message,
    );
  if (strange || code.startsWith("SQLITE_CORRUPT") || (code === "ERR_INVALID_ARG_VALUE" && /malformed/.test(given.message))) {
    return say(`expected ${path} to be whole, but it is damaged.\n  Save what can be read with: semblant library repair`);
  }
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) {
    return say(`expected ${path} to be free, but another process is writing to it.\n  Try again when it is done.`);
  }
  if (code.startsWith("SQLITE_READONLY") || ["EACCES", "EPERM", "EROFS", "SQLITE_PERM"].includes(code)) {
    return say(`expected to write ${path}, but it may only be read.\n  Keep the library elsewhere with --library.`);
  }
  if (code.startsWith("SQLITE_CANTOPEN") || ["ENOTDIR", "EEXIST", "ENOENT"].includes(code)) {
    return say(`expected to open ${path}, but it cannot be opened or made.\n  Keep the library elsewhere with --library.`);
  }
  if (code.startsWith("SQLITE_IOERR")) return say(`expected to read and write ${path}, but the disk failed (${code}).`);
  return given;
}
