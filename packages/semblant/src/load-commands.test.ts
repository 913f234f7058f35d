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

  it("are all loaded where the arguments name none", async () => {
    for (const args of [[], ["--help"], ["trian"], ["library"], ["library", "chek"], ["data", "--help"], ["../program"]])
      expect([args, await namesFor(...args)]).toEqual([args, all]);
  });
});
