import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { newToken } from "./token.ts";

/** Milliseconds after which a token is replaced: 30 days. */
const keeping = 30 * 24 * 3600 * 1000;

/**
 * The token of a library, so that windows that are open find the server again when it is started anew. It lies beside the library, where
 * only its owner can read it, as the library itself; after 30 days there is another.
 *
 * @param library the library's file
 * @param now milliseconds since 1970
 */
export function keptToken(library: string, now = Date.now()): string {
  const path = `${library}.token`;
  try {
    const { mtimeMs, mode } = statSync(path);
    const kept = readFileSync(path, "utf8").trim();
    const own = process.platform === "win32" || (mode & 0o077) === 0;
    if (own && now - mtimeMs < keeping && Buffer.from(kept, "base64url").length === 32) return kept;
  } catch {} // there is none
  const token = newToken();
  try {
    writeFileSync(path, `${token}\n`, { mode: 0o600 });
    chmodSync(path, 0o600);
  } catch {} // it holds for this run alone
  return token;
}
