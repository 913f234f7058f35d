import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { blue, emptyFolder, green, red, writePhotos } from "./fixtures/photos.ts";
import { openReader } from "./fixtures/pixel-reader.ts";
import { openLibrary } from "./library.ts";

const hasStrace = (() => {
  try {
    execFileSync("strace", ["-V"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

let place = "";
afterEach(() => rmSync(place, { recursive: true, force: true }));

describe.skipIf(!hasStrace)("what SQLite puts aside while it works", () => {
  it("lies beside the library, and not where others put theirs: it holds faces, too", async () => {
    place = emptyFolder();
    const folder = await writePhotos(join(place, "it's mine"), { "a.jpg": [red], "b.jpg": [green], "c.jpg": [blue] });
    const library = await openLibrary(folder, { reader: openReader });
    for await (const _ of library.index());
    library.close();
    const shared = join(place, "shared");
    mkdirSync(shared);
    const program = new URL("./fixtures/ask-once.ts", import.meta.url).pathname;
    const command = [process.execPath, "--conditions=semblant-source", program, "forget", folder, "b.jpg"];
    const { stderr, status } = spawnSync("strace", ["-f", "-qq", "-y", "-e", "trace=openat,pwrite64", ...command], {
      encoding: "utf8",
      env: { ...process.env, TMPDIR: shared },
      maxBuffer: 2 ** 26,
    });
    expect(status).toBe(0);
    const lines = stderr.split("\n");
    expect(lines.filter((line) => line.includes("pwrite64(") && line.includes(".semblant/")).length).toBeGreaterThan(10);
    expect(lines.filter((line) => line.includes("shared"))).toEqual([]);
  });
});
