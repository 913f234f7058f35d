import { expect, it } from "vitest";
import { browserCommand } from "./open-browser.ts";

it("opens the browser where somebody sits before a display, by a command without a shell", () => {
  const at = "http://127.0.0.1:4100/?token=a&b=$(rm)";
  const display = { DISPLAY: ":0" };
  const by = (platform: NodeJS.Platform, env: Record<string, string>, isTTY = true) => browserCommand(at, { platform, env, isTTY });
  expect(by("linux", display)).toEqual(["xdg-open", at]);
  expect(by("linux", { WAYLAND_DISPLAY: "wayland-0" })).toEqual(["xdg-open", at]);
  expect(by("darwin", {})).toEqual(["open", at]);
  expect(by("win32", {})?.at(-1)).toBe(at);
  for (const env of [{}, { ...display, CI: "true" }, { ...display, SSH_CONNECTION: "1.2.3.4 5 6.7.8.9 22" }])
    expect(by("linux", env)).toBeUndefined();
  expect(by("linux", display, false)).toBeUndefined();
});
