import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadCommands, loadCommandsFor } from "./load-commands.ts";

const namesFor = async (...args: string[]) => (await loadCommandsFor(args)).map(({ page }) => page.name);
const all = (await loadCommands()).map(({ page }) => page.name);

describe("the commands", () => {
  it("are the files of their folder, each in one that begins with the command's first word, and no others are loaded", async () => {
    for (const name of all) {
      const loaded = await namesFor(...name.split(" "), "--help");
      expect(loaded).toContain(name);
      expect([name, loaded.map((one) => one.split(" ")[0])]).toEqual([name, loaded.map(() => name.split(" ")[0])]);
    }
    expect(await namesFor("train", "--data", "faces")).toEqual(["train"]);
  });

  it("have a page and a file of the same name that does the work, which says it is of that page", async () => {
    const filesOf = (folder: string) =>
      readdirSync(join(import.meta.dirname, folder)).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
    expect(filesOf("commands")).toEqual(filesOf("pages"));
    expect(filesOf("pages")).toHaveLength(all.length);
    const partOf = (folder: string, file: string) => import(join(import.meta.dirname, folder, file));
    for (const file of filesOf("pages")) expect((await partOf("commands", file)).command.page).toBe((await partOf("pages", file)).page);
  });

  it("are all loaded where the arguments name none", async () => {
    for (const args of [[], ["--help"], ["trian"], ["library"], ["library", "chek"], ["data", "--help"], ["../program"]])
      expect([args, await namesFor(...args)]).toEqual([args, all]);
  });
});
