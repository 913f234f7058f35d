import { version } from "@semblant/photos";
import { describe, expect, it } from "vitest";
import { loadCommands } from "../load-commands.ts";
import { page as doctor } from "../pages/doctor.ts";
import { everywhere, groups } from "./declaration.ts";
import { formatOverview, formatPage } from "./page.ts";

const commands = await loadCommands();

describe("the help pages", () => {
  it("are a sentence, examples, options with their defaults at the right edge, notes and exit statuses", () => {
    expect(formatPage(doctor)).toBe(`Usage: semblant doctor [options]

Say what is installed, what it runs on, and how long a training step takes.

  semblant doctor                      everything, within half a minute
  semblant doctor --no-timing          what is installed, at once
  semblant doctor --threads 1 --json   one thread, as JSON

Options
  -t, --threads <n>   threads an operation may use                  (libtorch's)
      --no-timing     leave out the training step

Everywhere
      --json          one JSON on stdout and nothing else
  -q, --quiet         no progress on stderr, errors only
      --no-color      plain text; NO_COLOR in the environment does the same
  -h, --help          this page; \`semblant --help\` lists the commands

The step timed: ResNet18 (3x3 stem and pool, 64 channels in the first layer), 64
images of 48 x 48, SGM loss, AdamW.
Where it takes longer than four seconds, a step of 8 images is timed instead,
and the time is computed from it.
Photos need no training: status is 0 where it is not installed. Status is 1
where a model is missing, or libtorch is installed and does not load.
Exit status: 0 done, 1 bad input (the message says what), 2 wrong usage, 130
stopped by Ctrl-C.
`);
  });

  it.each(commands.map(({ page }) => [page.name, page] as const))("stay within 80 columns: %s", (_, page) => {
    expect(
      formatPage(page)
        .split("\n")
        .filter((line) => line.length > 80),
    ).toEqual([]);
  });

  it.each(commands.map(({ page }) => [page.name, page] as const))("have three examples, each of their own command: %s", (name, page) => {
    expect(page.examples.map(([command]) => command.startsWith(`semblant ${name}`))).toEqual([true, true, true]);
  });

  it.each(commands.map(({ page }) => [page.name, page] as const))(
    "list every option once, and two options never share a letter: %s",
    (_, page) => {
      const flags = [...page.options, ...everywhere].flatMap((option) => option.flags.match(/(?<![a-z-])--?[a-z-]+/g) ?? []);
      expect(flags).toEqual([...new Set(flags)]);
      const text = formatPage(page);
      expect(flags.filter((flag) => !text.includes(flag))).toEqual([]);
    },
  );

  it("say it in short sentences: 15 words in the mean, never more than 35", () => {
    const texts = commands.flatMap(({ page }) => [page.sentence, ...(page.notes ?? [])]);
    const sentences = texts.flatMap((text) => text.split(/(?<=[.!?]) (?=[A-Z-])/));
    const words = sentences.map((sentence) => sentence.split(" ").length);
    expect(sentences.filter((_, i) => (words[i] as number) > 35)).toEqual([]);
    expect(sentences.length).toBeGreaterThan(100);
    expect(words.reduce((sum, n) => sum + n, 0) / words.length).toBeLessThanOrEqual(15);
    const lines = commands.flatMap(({ page }) => page.options.map(({ text }) => text));
    expect(lines.filter((text) => text.split(" ").length > 35)).toEqual([]);
  });

  it("stand in the overview by group and place, and no two in one place", () => {
    const places = commands.map(({ page }) => `${page.group} ${page.place}`);
    expect(places).toEqual([...new Set(places)]);
    expect([...new Set(commands.map(({ page }) => page.group))]).toEqual(groups);
  });

  it("lists every command in the overview", () => {
    const overview = formatOverview(
      commands.map(({ page }) => page),
      version,
    );
    expect(commands.filter(({ page }) => !overview.includes(`\n  ${page.name} `))).toEqual([]);
    expect(overview.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});
