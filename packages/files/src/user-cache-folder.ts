import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/**
 * Where programs keep what they can make again: `XDG_CACHE_HOME` or `~/.cache` on Linux and its kin, `~/Library/Caches` on macOS,
 * `%LOCALAPPDATA%` on Windows; ours is `semblant` in it. A relative `XDG_CACHE_HOME` does not count (XDG Base Directory Specification).
 */
export function userCacheFolder(
  platform: string = process.platform,
  env: Readonly<Record<string, string | undefined>> = process.env,
  home: string = homedir(),
): string {
  if (platform === "win32") return join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "semblant", "Cache");
  if (platform === "darwin") return join(home, "Library", "Caches", "semblant");
  const { XDG_CACHE_HOME: own = "" } = env;
  return join(isAbsolute(own) ? own : join(home, ".cache"), "semblant");
}
