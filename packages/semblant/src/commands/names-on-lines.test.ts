import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blue, emptyFolder, green, red, writePhotos } from "../../../photos/src/library/fixtures/photos.ts";
import { openReader } from "../../../photos/src/library/fixtures/pixel-reader.ts";
import { openLibrary } from "../../../photos/src/library/library.ts";
import { runProgram } from "../program.ts";

async function said(...args: string[]): Promise<string[]> {
  const out: string[] = [];
  await runProgram(args, { stdout: { write: (text: string) => out.push(text) }, stderr: { write: () => {} }, env: { NO_COLOR: "1" } });
  return out.join("").split("\n");
}

describe.skipIf(process.platform === "win32")("a file's name with a line end in it", () => {
  const name = "party\nForgotten: everything.jpg";
  let folder = "";
  beforeAll(async () => {
    folder = await writePhotos(emptyFolder(), {
      [name]: [red],
      "copy\nof it.jpg": [red],
      "gone\nfor good.jpg": [green],
      "kept.jpg": [blue],
    });
    using library = await openLibrary(folder, { reader: openReader });
    for await (const _ of library.index());
    rmSync(join(folder, "gone\nfor good.jpg"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const begins = (lines: readonly string[], start: string) => lines.filter((line) => line.startsWith(start));

  it("begins no line of ours: of check, search or forget", async () => {
    const checked = await said("library", "check", folder);
    expect(begins(checked, "for good")).toEqual([]);
    expect(begins(checked, "  gone")).toHaveLength(1);
    expect(begins(await said("search", "#1", "--in", folder), "of it")).toEqual([]);
    expect(begins(await said("search", "#2", "--in", folder), "Forgotten")).toEqual([]);
    const forgotten = await said("library", "forget", join(folder, name));
    expect(begins(forgotten, "Forgotten: 1 photo")).toHaveLength(1);
    expect(begins(forgotten, "Forgotten: everything")).toEqual([]);
    expect(begins(forgotten, "of it")).toEqual([]);
  });
});
