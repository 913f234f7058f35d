import { spawn } from "node:child_process";

/** What says whether there is somebody with a browser. */
export interface Seat {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a person sits at the terminal. */
  readonly isTTY: boolean;
}

/**
 * The command that opens an address in the browser; undefined where there is no display, no terminal, or a machine far away.
 *
 * @example
 * browserCommand("http://127.0.0.1:4100/", { platform: "darwin", env: {}, isTTY: true }); // ["open", "http://127.0.0.1:4100/"]
 *
 * @example
 * browserCommand("http://127.0.0.1:4100/", { platform: "linux", env: {}, isTTY: true }); // undefined
 */
export function browserCommand(address: string, { platform, env, isTTY }: Seat): readonly [string, ...string[]] | undefined {
  if (!isTTY || env.CI || env.SSH_CONNECTION || env.SSH_TTY) return undefined;
  if (platform === "darwin") return ["open", address];
  if (platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler", address];
  if (env.DISPLAY || env.WAYLAND_DISPLAY) return ["xdg-open", address];
  return undefined;
}

/** Opens an address in the browser, where there is one. Whether it opens is not waited for: the address is on the screen as well. */
export function openBrowser(address: string, seat: Seat): void {
  const [command, ...words] = browserCommand(address, seat) ?? [];
  if (command === undefined) return;
  const child = spawn(command, words, { stdio: "ignore", detached: true, shell: false });
  child.on("error", () => {}); // there is no such program: the person opens the address
  child.unref();
}
