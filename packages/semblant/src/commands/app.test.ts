import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runProgram } from "../program.ts";
import { pageFolder } from "../server/page-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-app-command-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cli = new URL("../cli.ts", import.meta.url).pathname;

function built(): boolean {
  try {
    pageFolder();
    return true;
  } catch {
    console.warn("The page of the app is not built: a test of semblant app is skipped.");
    return false;
  }
}

async function said(...args: string[]) {
  let out = "";
  const write = (text: string) => {
    out += text;
  };
  const status = await runProgram(["app", ...args], { stdout: { write }, stderr: { write }, env: {} });
  return { status, out };
}

describe("semblant app", () => {
  it("refuses a folder that is none, and a port that is none", async () => {
    expect(await said(join(folder, "none"))).toEqual({
      status: 1,
      out: expect.stringContaining(`DataError: app: expected a folder of photos, but there is no folder "${join(folder, "none")}".`),
    });
    expect(await said(folder, "--port", "99999")).toEqual({
      status: 2,
      out: expect.stringContaining('--port: expected a whole number from 0 to 65535, but got "99999".'),
    });
  });

  it.skipIf(!built())("says its address in one line, answers there, and ends in order at Ctrl-C and at SIGTERM", async () => {
    const photos = join(folder, "photos");
    mkdirSync(photos);
    writeFileSync(join(photos, "broken.jpg"), "no picture");
    const addresses: string[] = [];
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const child = spawn(process.execPath, ["--conditions=semblant-source", cli, "app", photos, "--no-open"], { stdio: "pipe" });
      const ended = once(child, "exit");
      const [line] = (await Promise.race([once(child.stdout.setEncoding("utf8"), "data"), ended])) as [string];
      expect(line).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}\n$/);
      const address = new URL(line.trim());
      const token = address.searchParams.get("token") as string;
      const headers = { authorization: `Bearer ${token}` };
      expect(await (await fetch(`${address.origin}/api`, { headers })).json()).toMatchObject({ photos: 0, readonly: false });
      const events = fetch(`${address.origin}/api/events`, { headers }).then((answer) => answer.text());
      events.catch(() => {});
      child.kill(signal);
      expect(await ended).toEqual([0, null]);
      addresses.push(token);
    }
    expect(addresses[1]).toBe(addresses[0]);
  });
});
