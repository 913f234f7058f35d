import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { writeWhole } from "./files.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("a file written whole or not at all", () => {
  it("takes the place of the old one, in folders made where they are missing", async () => {
    await writeWhole(join(folder, "a", "b.txt"), "one");
    await writeWhole(join(folder, "a", "b.txt"), "two");
    expect(readFileSync(join(folder, "a", "b.txt"), "utf8")).toBe("two");
    expect(readdirSync(join(folder, "a"))).toEqual(["b.txt"]);
  });

  it("leaves neither a part nor a temporary file where it cannot be put in place", async () => {
    writeFileSync(join(folder, "taken"), "");
    await expect(writeWhole(join(folder, "a"), "over a folder")).rejects.toThrow();
    expect(readdirSync(folder).sort()).toEqual(["a", "taken"]);
  });
});
