import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { Random } from "@semblant/core";
import { afterAll, describe, expect, it } from "vitest";
import { emptyFolder, red, writePhotos } from "../../../photos/src/library/fixtures/photos.ts";
import { childrenOf, processorTicks } from "../../../photos/src/library/fixtures/processes.ts";

const folders: string[] = [];
const left: ChildProcess[] = [];
afterAll(() => {
  for (const child of left) child.kill("SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function folderOf(photos: Parameters<typeof writePhotos>[1]): Promise<string> {
  const folder = await writePhotos(emptyFolder(), photos);
  folders.push(folder);
  return folder;
}

interface Stopped {
  readonly status: number | null;
  readonly said: string;
}

/** Runs a program, and sends it a signal so many milliseconds after it said that it begins. */
async function stopped(
  args: readonly string[],
  after: number,
  signal: NodeJS.Signals,
  ready = async (_pid: number) => {},
): Promise<Stopped> {
  const child = spawn(process.execPath, ["--conditions=semblant-source", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  left.push(child);
  let [said, noted] = ["", ""];
  child.stdout.on("data", (text) => {
    said += text;
  });
  const begun = new Promise<void>((resolve) => {
    child.stderr.on("data", (text) => {
      noted += text;
      if (noted.includes("looking for photos")) resolve();
    });
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  await Promise.race([begun, ended]);
  await ready(child.pid as number);
  await new Promise((done) => setTimeout(done, after));
  child.kill(signal);
  return { status: await ended, said: said + noted };
}

const file = (path: string) => new URL(path, import.meta.url).pathname;

describe("semblant index, stopped", () => {
  it("by Ctrl-C or SIGTERM at any moment says how to go on, with status 130, or was done before", async () => {
    const folder = await folderOf(
      Object.fromEntries(
        Array.from({ length: 40 }, (_, i) => [
          `${i}.jpg`,
          [
            [6 * i, 90, 0],
            [0, 6 * i, 90],
          ] as const,
        ]),
      ),
    );
    const random = new Random(17);
    for (let time = 0; time < 6; time++) {
      const args = [file("../cli.ts"), "index", folder, "--workers", "2", "--retry"];
      const { status, said } = await stopped(args, random.integer(2500), time % 3 === 2 ? "SIGTERM" : "SIGINT");
      if (status === 0) expect(said).toContain(`${folder}: 40 photos with`);
      else expect([status, said]).toEqual([130, expect.stringContaining(`Stopped. To go on: semblant index ${folder}\n`)]);
      expect(said).not.toMatch(/terminate called|Napi|Error/);
    }
  });

  it.runIf(existsSync("/proc/self/stat"))("while every reader hangs in a photo does the same, and leaves no process behind", async () => {
    const folder = await folderOf({ "a.jpg": [red], "b.jpg": [red] });
    let readers: number[] = [];
    const hang = async (pid: number) => {
      const busy = () => readers.length === 2 && readers.every((one) => processorTicks(one) > 300);
      while (!busy()) {
        readers = childrenOf(pid);
        await new Promise((done) => setTimeout(done, 50));
      }
    };
    const { status, said } = await stopped([file("./fixtures/index-unruly.ts"), folder], 0, "SIGINT", hang);
    expect([status, said]).toEqual([130, expect.stringContaining(`Stopped. To go on: semblant index ${folder}\n`)]);
    expect(readers.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
  });
});
