import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { trainingFlags } from "./flags/training-flags.ts";
import { loadCommands } from "./load-commands.ts";
import { page as trainPage } from "./pages/train.ts";
import { buildProgram, runProgram } from "./program.ts";
import type { CommandOption } from "./terminal/declaration.ts";
import { valueName } from "./terminal/given.ts";
import { formatPage } from "./terminal/page.ts";

/** Runs the command in this process and keeps what it said. */
async function semblant(...args: string[]) {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const streams = {
    stdout: { write: (text: string) => stdout.push(text) },
    stderr: { write: (text: string) => stderr.push(text) },
    env: {},
  };
  const status = await runProgram(args, streams);
  return { status, stdout: stdout.join(""), stderr: stderr.join("") };
}

describe("semblant", () => {
  it("prints the overview without arguments and with --help, on stdout, with status 0", async () => {
    const [bare, help] = [await semblant(), await semblant("--help")];
    expect(bare).toEqual(help);
    expect(help.status).toBe(0);
    expect(help.stderr).toBe("");
    expect(help.stdout).toMatch(/^Usage: semblant <command>/);
  });

  it("prints a command's page with --help, also of two words", async () => {
    expect((await semblant("data", "inspect", "--help")).stdout).toMatch(/^Usage: semblant data inspect <path>/);
  });

  it("prints its version", async () => {
    expect((await semblant("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("shows names of strangers in its complaints, and lets none steer the terminal or begin a line", async () => {
    const said = await semblant("data", "inspect", "no\u001b[2J\u009b\u202e\nDataError: forged");
    expect(said).toEqual({
      status: 1,
      stdout: "",
      stderr: "DataError: data at no\\u001b[2J\\u009b\\u202e\\nDataError: forged: no such file or folder.\n",
    });
    expect((await semblant("\u001b[31mtrain")).stderr).toMatch(/^OptionError: semblant: unknown command "\\u001b\[31mtrain"; /);
    expect((await semblant("train", "--\u001b[31m")).stderr).toMatch(/^OptionError: train: unknown option "--\\u001b\[31m"\n/);
  });

  it("refuses seeds that are no whole numbers of 32 bits", async () => {
    for (const seed of ["abc", "NaN", "4294967296", "1.5", "-1", "1e3", ""]) {
      expect(await semblant("cluster", "nowhere", "--seed", seed)).toEqual({
        status: 2,
        stdout: "",
        stderr: `OptionError: --seed: expected a whole number from 0 to 4294967295, but got ${JSON.stringify(seed)}.\n`,
      });
    }
  });

  it("takes numbers by one rule in flags and in settings: decimal, whole ones in digits alone", async () => {
    for (const given of [
      ["--width", "007"],
      ["--epochs", "1e1"],
      ["--sigma", "0x2"],
      ["--limit-minutes", "0b1"],
      ["--seed", "0x10"],
      ["seed=0x10"],
      ["seed=1e3"],
      ["network.baseChannels=007"],
      ["epochs=1e1"],
      ["loss.sigma=0x2"],
    ]) {
      expect([given, (await semblant("train", "--data", "generated", ...given)).status]).toEqual([given, 2]);
    }
    expect((await semblant("cluster", "nowhere", "--similarity", "0x1")).stderr).toBe(
      'OptionError: --similarity: expected a number from 0 to 1, but got "0x1".\n',
    );
    expect((await semblant("album", "nowhere", "--filter", "side>=0x10")).stderr).toBe(
      'OptionError: --filter: expected side to be a number, but got "0x10".\n',
    );
  });

  it("refuses a folder where a library's file is meant", async () => {
    for (const command of [
      ["search", "happy"],
      ["album", "."],
      ["library", "check", "."],
      ["library", "repair", "."],
    ]) {
      expect(await semblant(...command, "--library", tmpdir())).toEqual({
        status: 2,
        stdout: "",
        stderr: expect.stringContaining(
          `OptionError: --library: expected a library's file, but ${JSON.stringify(tmpdir())} is a folder.\n  To ask about photos in a folder, name it alone: --in FOLDER, or first after the command.\n`,
        ),
      });
    }
  });

  it("refuses an unknown command with the nearest one and status 2", async () => {
    expect(await semblant("trian")).toEqual({
      status: 2,
      stdout: "",
      stderr: 'OptionError: semblant: unknown command "trian"; did you mean "train"?\n  See: semblant --help\n',
    });
    expect((await semblant("data")).stderr).toContain('did you mean "data inspect"?');
    expect((await semblant("data", "inspekt", "x")).stderr).toContain('did you mean "data inspect"?');
    expect((await semblant("juggle")).stderr).toContain(
      "known: data inspect, train, subdivide, evaluate, compare, embed, soft-labels, map, reproduce, ",
    );
  });

  it("refuses an unknown option with the nearest one and status 2", async () => {
    expect(await semblant("train", "--epcohs", "3")).toEqual({
      status: 2,
      stdout: "",
      stderr: 'OptionError: train: unknown option "--epcohs"; did you mean "--epochs"?\n  See: semblant train --help\n',
    });
  });

  it("refuses a missing argument, a missing value and one argument too many", async () => {
    expect((await semblant("evaluate")).stderr).toBe(
      "OptionError: evaluate: expected <run>, but got nothing.\n  See: semblant evaluate --help\n",
    );
    expect((await semblant("train", "--epochs")).stderr).toBe(
      "OptionError: train: expected a value after --epochs <n>, but got nothing.\n  See: semblant train --help\n",
    );
    expect((await semblant("evaluate", "a", "b")).stderr).toBe(
      'OptionError: evaluate: expected <run> and settings like data.crop=whole, but got "b".\n  See: semblant evaluate --help\n',
    );
  });

  it("refuses a value out of its range with status 2", async () => {
    expect(await semblant("train", "--epochs", "many")).toEqual({
      status: 2,
      stdout: "",
      stderr: 'OptionError: --epochs: expected a whole number of at least 1, but got "many".\n',
    });
    const { lossNames } = await import("@semblant/training/settings");
    expect(await semblant("train", "--loss", "hinge")).toEqual({
      status: 2,
      stdout: "",
      stderr: `OptionError: settings: expected loss.name to be one of ${lossNames.join(", ")}, but got "hinge".\n`,
    });
    expect((await semblant("train", "--sigma", "-1")).stderr).toBe('OptionError: --sigma: expected a number above 0, but got "-1".\n');
  });

  it("names every loss and network there is, with its options, in place of a training", async () => {
    const { lossNames, networkNames } = await import("@semblant/training/settings");
    const { stdout } = await semblant("train", "--loss", "list");
    expect(stdout.match(/^[a-z][^:]*/gm)).toEqual(lossNames);
    expect(stdout).toContain(
      "sgm: structured Gaussian manifold loss (the paper, eqs. 1–4)\n    loss.sigma: Width of every class's Gaussian (2): a number from 0.000001 to 1000000.\n",
    );
    const { networks } = JSON.parse((await semblant("train", "--network", "list", "--json")).stdout);
    expect(networks.map(({ name }: { name: string }) => name)).toEqual(networkNames);
  });

  it("parses every option that a page lists, and lists every option that it parses", async () => {
    const commands = await loadCommands();
    const program = buildProgram(commands, { stdout: { write() {} }, stderr: { write() {} }, env: {} }, () => {});
    for (const { page } of commands) {
      const leaf = page.name.split(" ").reduce((parent, word) => parent.commands.find((child) => child.name() === word) ?? parent, program);
      const taken = ["-h, --help", ...leaf.options.filter(({ hidden }) => !hidden).map(({ flags }) => flags)];
      const listed = formatPage(page).match(/^ {2,6}-.*?(?= {2}|$)/gm) ?? [];
      expect(listed.map((line) => line.trim()).sort()).toEqual(taken.sort());
    }
  });

  it("takes flags by the names that they had, which no page shows", async () => {
    const commands = await loadCommands();
    const earlier = commands.flatMap(({ page }) =>
      page.options.flatMap((option) => (option.earlier === undefined ? [] : [{ page, option }])),
    );
    expect(earlier.map(({ page, option }) => `${page.name} ${option.earlier}: ${option.flags}`)).toEqual([
      "train --width: --base-channels <n>",
      "subdivide --width: --base-channels <n>",
      "evaluate --mirror: --flip",
      "compare --width: --base-channels <n>",
      "soft-labels --no-mirror: --no-flip",
      "export --mirror: --flip",
    ]);
    const given = new Map<string, unknown>();
    const hearing = commands.map(({ page }) => ({
      page,
      run: async (_: unknown, flags: object) => {
        given.set(page.name, flags);
        return undefined;
      },
    }));
    const program = buildProgram(hearing, { stdout: { write() {} }, stderr: { write() {} }, env: {} }, () => {});
    for (const { page, option } of earlier) {
      expect(formatPage(page)).not.toContain(option.earlier);
      const words = (page.arguments ?? []).filter((word) => word.startsWith("<")).map(() => "runs/1");
      const values = option.flags.includes("<") ? ["8"] : [];
      const heard: unknown[] = [];
      for (const flag of [option.earlier as string, option.flags.split(" ")[0] as string]) {
        await program.parseAsync([...page.name.split(" "), ...words, flag, ...values], { from: "user" });
        heard.push(given.get(page.name));
      }
      expect(heard[0]).toEqual(heard[1]);
      expect(heard[0]).toHaveProperty(valueName(option), option.flags.includes("<") ? 8 : !option.flags.startsWith("--no-"));
    }
  });

  it("gives bad input status 1 and names the place", async () => {
    const { status, stderr } = await semblant("data", "inspect", "no/such/folder");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "DataError: data at no/such/folder: no such file or folder.\n" });
    expect((await semblant("evaluate", "no/such/run")).status).toBe(1);
  });
});

describe("the defaults on the page of train", () => {
  it("are those of the preset best", async () => {
    const { presets } = await import("@semblant/training");
    const lookUp = (path: string) =>
      path.split(".").reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], presets.best);
    const listed: readonly CommandOption[] = trainPage.options;
    const shown = trainingFlags.map(({ flags, setting }) => [setting, listed.find((option) => option.flags === flags)?.default]);
    expect(shown).toEqual(trainingFlags.map(({ setting }) => [setting, String(lookUp(setting) ?? "none")]));
  });
});
