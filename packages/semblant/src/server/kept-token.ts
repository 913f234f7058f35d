import { createHash, randomBytes } from "node:crypto";
import { lstatSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "@semblant/files/internals";
import { placeBeside } from "@semblant/photos/internals";

/** Milliseconds after which a token is replaced: 30 days. */
const keeping = 30 * 24 * 3600 * 1000;
/** Bytes of a token, and those at its end that say of which library it is. */
const length = 32;
const marking = 8;

/**
 * The token of a library, so that windows that are open find the server again when it is started anew. It lies beside the library, where
 * only its owner can read it, as the library itself; that of a library on a database server lies in the user's cache. After 30 days there
 * is another. One that came with a folder from elsewhere does not hold: who made the folder knows it.
 *
 * @param library the library's file, or its address
 * @param now milliseconds since 1970
 */
export function keptToken(library: string, now = Date.now()): string {
  const place = placeBeside(library);
  const path = `${place}.token`;
  if (place !== library) madeFolder(dirname(place));
  const mark = markOf(place === library ? library : dirname(place));
  try {
    const { mtimeMs, mode, uid } = lstatSync(path);
    const kept = readFileSync(path, "utf8").trim();
    const own = process.platform === "win32" || ((mode & 0o170077) === 0o100000 && uid === process.getuid?.());
    const bytes = Buffer.from(kept, "base64url");
    const sound = bytes.length === length && bytes.subarray(-marking).equals(mark);
    if (own && sound && now - mtimeMs < keeping) return kept;
  } catch {} // there is none
  const token = Buffer.concat([randomBytes(length - marking), mark]).toString("base64url");
  try {
    const fresh = `${path}.new`;
    rmSync(fresh, { force: true });
    writeFileSync(fresh, `${token}\n`, { mode: 0o600, flag: "wx" });
    renameSync(fresh, path); // a link that lay there is replaced, not followed
  } catch {} // it holds for this run alone
  return token;
}

/** The user's own folder; where it cannot be made, a token holds for this run alone. */
function madeFolder(path: string): void {
  try {
    makeFolder(path, 0o700);
  } catch {} // said by nobody: nothing is lost
}

/** A few bytes that are others for a library in another place: nobody who packs a folder knows which they will be. */
function markOf(place: string): Buffer {
  const { ino, birthtimeNs } = statSync(place, { throwIfNoEntry: false, bigint: true }) ?? { ino: 0, birthtimeNs: 0 };
  return createHash("sha256").update(`${ino} ${birthtimeNs}`).digest().subarray(0, marking);
}
