import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { temporaryFolder } from "../reading/fixtures/small-layouts.ts";
import { type CacheOption, cachedImages } from "./image-cache.ts";

function source() {
  const root = temporaryFolder();
  writeFileSync(join(root, "faces.csv"), "one");
  const decode = vi.fn(async (append: (pixels: Uint8Array) => void) => {
    const text = readFileSync(join(root, "faces.csv"));
    append(Uint8Array.of(text.length, 2));
    append(Uint8Array.of(3, 4));
    return { rows: 2 };
  });
  const read = (cache: CacheOption = true) =>
    cachedImages({ root, name: "faces", sources: ["faces.csv", "gone.png"], shape: { width: 2, height: 1, channels: 1 }, cache, decode });
  return { root, decode, read, pack: join(root, ".semblant-cache", "faces-2x1x1.pack") };
}

describe("the packed cache", () => {
  it("decodes once, and then reads the packed file beside the data", async () => {
    const { decode, read, pack } = source();
    const [first, second] = [await read(), await read()];
    expect(decode).toHaveBeenCalledTimes(1);
    expect(existsSync(pack)).toBe(true);
    expect([first.index, second.index]).toEqual([{ rows: 2 }, { rows: 2 }]);
    expect(second.images.count).toBe(2);
  });

  it("decodes again when a source changes size, changes time, appears or goes", async () => {
    const { root, decode, read } = source();
    await read();
    writeFileSync(join(root, "faces.csv"), "three");
    const { images } = await read();
    const into = new Uint8Array(2);
    images.gather([0], into);
    expect([...into]).toEqual([5, 2]);
    utimesSync(join(root, "faces.csv"), 1, 1);
    await read();
    writeFileSync(join(root, "gone.png"), "");
    await read();
    rmSync(join(root, "gone.png"));
    await read();
    expect(decode).toHaveBeenCalledTimes(5);
  });

  it("decodes again when the packed file is damaged or cut short", async () => {
    const { decode, read, pack } = source();
    await read();
    const whole = readFileSync(pack);
    for (const bytes of [whole.subarray(0, 70), Buffer.alloc(0), whole.map((byte, i) => (i === 65 ? byte ^ 4 : byte))]) {
      writeFileSync(pack, bytes);
      await read();
      expect(readFileSync(pack).equals(whole)).toBe(true);
    }
    expect(decode).toHaveBeenCalledTimes(4);
  });

  it("writes nothing when switched off", async () => {
    const { root, decode, read } = source();
    const { images, index } = await read(false);
    expect([images.count, index]).toEqual([2, { rows: 2 }]);
    await read(false);
    expect(decode).toHaveBeenCalledTimes(2);
    expect(readdirSync(root)).toEqual(["faces.csv"]);
  });

  it("goes to the folder that is named, and says so when that cannot be written to", async () => {
    const { root, read } = source();
    const folder = temporaryFolder();
    await read(folder);
    expect(readdirSync(join(folder, readdirSync(folder)[0] as string))).toEqual(["faces-2x1x1.pack"]);
    expect(readdirSync(root)).toEqual(["faces.csv"]);
    await expect(read(join(root, "faces.csv"))).rejects.toThrow(
      `cache at ${join(root, "faces.csv")}: expected a folder that can be written to.`,
    );
  });

  it("goes to the user's cache folder where the data cannot be written to", async () => {
    const { root, decode, read } = source();
    const own = temporaryFolder();
    vi.stubEnv("XDG_CACHE_HOME", own);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    writeFileSync(join(root, ".semblant-cache"), "a file where the folder would be");
    await read();
    await read();
    expect(decode).toHaveBeenCalledTimes(1);
    expect(readdirSync(join(own, "semblant"))).toHaveLength(1);
  });

  it("refuses what is neither yes, no nor a folder", async () => {
    await expect(source().read(null as unknown as boolean)).rejects.toThrow(
      "readDataset: expected cache to be true, false or a folder, but got null.",
    );
  });

  it("leaves nothing behind when decoding fails", async () => {
    const { root, decode, read } = source();
    decode.mockRejectedValueOnce(new Error("no light"));
    await expect(read()).rejects.toThrow("no light");
    expect(readdirSync(join(root, ".semblant-cache"))).toEqual([]);
  });

  it("clears what a killed process left an hour ago, and only that", async () => {
    const { root, read, pack } = source();
    mkdirSync(join(root, ".semblant-cache"));
    const [old, fresh] = [`${pack}.1-a.tmp`, `${pack}.2-b.tmp`];
    writeFileSync(old, "");
    writeFileSync(fresh, "");
    utimesSync(old, 1, 1);
    await read();
    expect([existsSync(old), existsSync(fresh)]).toEqual([false, true]);
  });

  it("is made again, whole, after the process that made it was killed half way, and clears what that left at once", async () => {
    const { root, decode, read, pack } = source();
    const script = `
      import { cachedImages } from ${JSON.stringify(join(import.meta.dirname, "image-cache.ts"))};
      const decode = async (append) => { append(new Uint8Array(2)); console.log("half"); await new Promise((done) => setTimeout(done, 60_000)); };
      await cachedImages({ root: ${JSON.stringify(root)}, name: "faces", sources: ["faces.csv", "gone.png"], shape: { width: 2, height: 1, channels: 1 }, cache: true, decode });`;
    const child = spawn(process.execPath, ["--conditions=semblant-source", "--input-type=module", "-e", script], {
      cwd: import.meta.dirname,
    });
    await new Promise((half) => child.stdout.once("data", half));
    expect(readdirSync(join(root, ".semblant-cache"))).toEqual([expect.stringMatching(/^faces-2x1x1\.pack\.\d+@.*\.tmp$/)]);
    child.kill("SIGKILL");
    await new Promise((ended) => child.once("close", ended));
    expect((await read()).images.count).toBe(2);
    expect([decode.mock.calls.length, readdirSync(join(root, ".semblant-cache"))]).toEqual([1, ["faces-2x1x1.pack"]]);
    expect(existsSync(pack)).toBe(true);
  });

  it("serves two processes that build it at the same moment", async () => {
    const root = temporaryFolder();
    writeFileSync(join(root, "faces.csv"), "one");
    const script = `
      import { cachedImages } from ${JSON.stringify(join(import.meta.dirname, "image-cache.ts"))};
      const decode = async (append) => {
        for (let i = 0; i < 50; i++) { append(new Uint8Array(1000).fill(i)); await new Promise((done) => setTimeout(done, 2)); }
        return { rows: 50 };
      };
      const { images, index } = await cachedImages({ root: ${JSON.stringify(root)}, name: "faces", sources: ["faces.csv"], shape: { width: 1000, height: 1, channels: 1 }, cache: true, decode });
      const into = new Uint8Array(1000);
      images.gather([49], into);
      console.log(index.rows, images.count, into[999]);`;
    const run = () =>
      new Promise<string>((done) => {
        const child = spawn(process.execPath, ["--conditions=semblant-source", "--input-type=module", "-e", script], {
          cwd: import.meta.dirname,
        });
        let said = "";
        child.stdout.on("data", (text) => {
          said += text;
        });
        child.stderr.on("data", (text) => {
          said += text;
        });
        child.on("close", () => done(said.trim()));
      });
    expect(await Promise.all([run(), run()])).toEqual(["50 50 49", "50 50 49"]);
    expect(readdirSync(join(root, ".semblant-cache"))).toEqual(["faces-1000x1x1.pack"]);
    expect(statSync(join(root, ".semblant-cache", "faces-1000x1x1.pack")).size).toBeGreaterThan(50_000);
  });
});
