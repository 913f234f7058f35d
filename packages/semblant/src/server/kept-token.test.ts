import { chmodSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, onTestFinished, vi } from "vitest";
import { keptToken } from "./kept-token.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-token-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("a library's token is kept for its owner alone, and replaced after 30 days or where others could read it or it is none", () => {
  const library = join(folder, "library.sqlite");
  const first = keptToken(library);
  expect(Buffer.from(first, "base64url")).toHaveLength(32);
  expect(keptToken(library)).toBe(first);
  const windows = process.platform === "win32";
  if (!windows) expect(statSync(`${library}.token`).mode & 0o777).toBe(0o600);
  const second = keptToken(library, Date.now() + 31 * 24 * 3600 * 1000);
  expect(second).not.toBe(first);
  if (!windows) {
    chmodSync(`${library}.token`, 0o644);
    expect(keptToken(library)).not.toBe(second);
    expect(statSync(`${library}.token`).mode & 0o777).toBe(0o600);
  }
  writeFileSync(`${library}.token`, "short");
  expect(keptToken(library)).toBe(readFileSync(`${library}.token`, "utf8").trim());
  expect(keptToken(join(folder, "none", "library.sqlite"))).toHaveLength(43);
});

it("a token that came with a folder from elsewhere does not hold, and a link in its place is not written through", () => {
  const [library, other] = [join(folder, "a.sqlite"), join(folder, "b.sqlite")];
  for (const path of [library, other]) writeFileSync(path, "");
  const known = keptToken(library);
  expect(keptToken(library)).toBe(known);
  copyFileSync(`${library}.token`, `${other}.token`);
  expect(keptToken(other)).not.toBe(known);
  if (process.platform === "win32") return;
  const precious = join(folder, "precious");
  writeFileSync(precious, "keep me", { mode: 0o600 });
  rmSync(`${other}.token`);
  symlinkSync(precious, `${other}.token`);
  const own = keptToken(other);
  expect([readFileSync(precious, "utf8"), readFileSync(`${other}.token`, "utf8").trim()]).toEqual(["keep me", own]);
});

it.skipIf(process.platform !== "linux")(
  "the token of a library on a server lies in the user's cache, in a folder for its owner alone",
  () => {
    vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
    onTestFinished(() => void vi.unstubAllEnvs());
    const first = keptToken("postgres://me@host/photos");
    expect(keptToken("postgres://me@host/photos")).toBe(first);
    expect(keptToken("postgres://me@host/others")).not.toBe(first);
    const own = join(folder, "cache/semblant/libraries");
    expect(readdirSync(own)).toHaveLength(2);
    expect(statSync(join(own, readdirSync(own)[0] as string)).mode & 0o777).toBe(0o700);
  },
);
