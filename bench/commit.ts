import { execFileSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");

/** What git answers about this folder; undefined without git, and where this is no checkout of its own but an unpacked archive. */
export function git(args: readonly string[], from = root): Buffer | undefined {
  const ask = (...asked: readonly string[]) =>
    execFileSync("git", asked, { cwd: from, maxBuffer: 2 ** 26, stdio: ["ignore", "pipe", "ignore"] });
  try {
    // An archive unpacked within somebody's repository is not theirs.
    if (realpathSync(ask("rev-parse", "--show-toplevel").toString().trim()) !== realpathSync(from)) return undefined;
    return ask(...args);
  } catch {
    return undefined;
  }
}

/** The commit that a result was made with, `+` where packages differ from it, "no checkout" where nobody can tell. */
export function commit(from = root): string {
  const hash = git(["rev-parse", "--short", "HEAD"], from)?.toString().trim();
  if (hash === undefined) return "no checkout";
  const changed = git(["status", "--porcelain", "--untracked-files=no", "--", "packages"], from)?.toString();
  return `${hash}${changed === "" ? "" : "+"}`;
}
