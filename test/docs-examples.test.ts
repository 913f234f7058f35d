/** What the pages of docs/ show is run or held against the program: their code, and each line that a reader would type. */

import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { resolveSettings } from "@semblant/training/settings";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadCommands } from "../packages/semblant/src/load-commands.ts";
import { buildProgram } from "../packages/semblant/src/program.ts";
import type { CommandModule } from "../packages/semblant/src/terminal/command.ts";
import { runExample } from "./examples.ts";
import { facesForPhotos, writePhoto } from "./generated-photos.ts";

const root = resolve(import.meta.dirname, "..");
const cli = resolve(root, "packages/semblant/src/cli.ts");
const pages = globSync("docs/**/*.md", { cwd: root }).sort();
const read = (page: string) => readFileSync(resolve(root, page), "utf8");

/** The blocks of a language, with their pages. */
const blocks = (language: string) =>
  pages.flatMap((page) =>
    [...read(page).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(([, code = ""], i) => ({ page, i, code })),
  );

/** The lines of a page that a reader types, as words. */
function typed(page: string): string[][] {
  return blocks("sh")
    .filter((block) => block.page === page)
    .flatMap(({ code }) => code.split("\n"))
    .map((line) => line.replace(/\s#\s.*/, "").trim())
    .filter(Boolean)
    .map(wordsOf);
}

/** What a line of npm or npx runs, as the program itself would be called. */
function commandOf(words: readonly string[]): string[] {
  if (words.slice(0, 4).join(" ") === "npm run photos --") return ["semblant", ...words.slice(4)];
  return words[0] === "npx" ? words.slice(1) : [...words];
}

const wordsOf = (line: string): string[] => [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? (c as string));

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "semblant-docs-"));
  process.chdir(folder);
  for (const i of [0, 1, 2, 3, 4]) await writePhoto(join(folder, "photos", `${i}.jpg`), [2 * i, 2 * i + 1]);
  await writePhoto(join(folder, "me.jpg"), [20]);
  const { labels, classes } = facesForPhotos();
  for (const name of ["happiness", "surprise"]) {
    const rows = [...labels.keys()].filter((row) => classes[labels[row] as number] === name);
    for (const row of rows.slice(0, 4)) await writePhoto(join(folder, "faces", name, `${row}.jpg`), [row]);
  }
});
afterAll(() => {
  process.chdir(root);
  rmSync(folder, { recursive: true });
});

describe("the code on the pages", () => {
  const code = blocks("ts");

  it("has the types that it should", { timeout: 120_000 }, () => {
    expect(code.length).toBeGreaterThan(4);
    const named = new Map(code.map(({ page, i, code: text }) => [resolve(root, `${page}-${i}.ts`), `${text}\nexport {};\n`]));
    const { options } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(resolve(root, "tsconfig.json"), ts.sys.readFile).config,
      ts.sys,
      root,
    );
    const host = ts.createCompilerHost(options);
    const { readFile, fileExists } = host;
    host.readFile = (path) => named.get(path) ?? readFile(path);
    host.fileExists = (path) => named.has(path) || fileExists(path);
    const program = ts.createProgram([...named.keys()], { ...options, noUnusedLocals: false }, host);
    const wrong = [...named.keys()].flatMap((path) => {
      const file = program.getSourceFile(path);
      return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    });
    expect(wrong.map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`)).toEqual([]);
  });

  it.each(code.map((block) => [block.page, block.i, block.code] as const))("runs: %s, block %i", async (_, __, text) => {
    await runExample(text, { ...(await import("@semblant/core")), ...(await import("semblant")) });
  });
});

describe("the lines on the pages", () => {
  it.each(pages.filter((page) => typed(page).length > 0))("are known to the program: %s", async (page) => {
    const scripts = JSON.parse(read("package.json")).scripts as Record<string, string>;
    for (const words of typed(page)) {
      const line = words.join(" ");
      if (words[0] === "npm") expect({ line, script: (words[2] ?? "") in scripts }).toEqual({ line, script: true });
      if (words[2] === "photos" || words[0] !== "npm") {
        expect({ line, refused: await refusal(commandOf(words)) }).toEqual({ line, refused: undefined });
      }
    }
  });

  it.each(pages)("and those in the text name commands and flags that there are: %s", async (page) => {
    const commands = await loadCommands();
    for (const [, line = ""] of read(page).matchAll(/(?<!`)`(?:npx )?semblant ([a-z][^`]*)`(?!`)/g)) {
      const command = commands.find(({ page: { name } }) => `${line} `.startsWith(`${name} `));
      const known = `${command?.page.options.map(({ flags }) => flags).join(" ")} --json --quiet --no-color --help`.split(/[\s,]+/);
      const unknown = line.split(" ").filter((word) => word.startsWith("-") && !known.includes(word));
      expect({ page, line, command: command !== undefined, unknown }).toEqual({ page, line, command: true, unknown: [] });
    }
  });

  it("are refused where they are wrong", async () => {
    expect(await refusal(["semblant", "albun", "photos"])).toContain("unknown command");
    expect(await refusal(["semblant", "album", "photos", "--sise", "3"])).toContain("unknown option '--sise'");
    expect(await refusal(["semblant", "train", "loss.sigmo=2"])).toContain('unknown option "loss.sigmo"');
  });
});

/** Why the program would not take a line; undefined where it would. Nothing is done. */
async function refusal([name, ...args]: readonly string[]): Promise<string | undefined> {
  if (name !== "semblant") return `expected semblant, but got ${name}`;
  let settings: string[] = [];
  const run = async (given: readonly unknown[]) => {
    settings = given.filter((words) => Array.isArray(words)).flat() as string[];
    return 0;
  };
  const idle = (await loadCommands()).map(({ page }): CommandModule => ({ page, run }));
  const silent = { isTTY: false, columns: 80, write: () => true };
  try {
    await buildProgram(idle, { stdout: silent, stderr: silent, env: {} } as never, () => {}).parseAsync(args, { from: "user" });
    resolveSettings(
      {},
      settings.filter((word) => /^[a-z][\w.]*=/i.test(word) && !word.startsWith("subdivision.")),
    );
    return undefined;
  } catch (error) {
    if ((error as { exitCode?: number }).exitCode === 0) return undefined;
    return (error as Error).message;
  }
}

describe("the tutorials", () => {
  /** Runs every line of a page, changed as little as a small folder asks for. */
  const follow = (page: string, change: (args: string[]) => string[]) => {
    const lines = typed(page)
      .map(commandOf)
      .filter((words) => words[0] === "semblant");
    expect(lines.length).toBeGreaterThan(3);
    for (const [, ...args] of lines) {
      const { status, stderr } = spawnSync(process.execPath, ["--conditions=semblant-source", cli, ...change(args)], { encoding: "utf8" });
      expect({ args, status, stderr: status === 0 ? "" : stderr }).toEqual({ args, status: 0, stderr: "" });
    }
  };
  const inPhotos = (args: readonly string[]) => args.map((word) => word.replace("~/Pictures", "photos"));

  it("lead to a first album", () => {
    follow("docs/tutorials/first-album.md", inPhotos);
    expect([existsSync("album.html"), existsSync("for-grandma")]).toEqual([true, true]);
  });

  it("lead to classes of one's own", () => {
    const faces = new Map(["#12", "#40", "#7", "#9", "#31"].map((face, i) => [face, `#${i + 1}`]));
    // Faces that were drawn at random need have no look in common.
    const anyway = (args: readonly string[]) => (args[0] === "teach" && !args.includes("--forget") ? ["--anyway"] : []);
    follow("docs/tutorials/your-own-classes.md", (args) => [...inPhotos(args).map((word) => faces.get(word) ?? word), ...anyway(args)]);
    expect(existsSync("faces.html")).toBe(true);
  });

  it("lead to a first training", { timeout: 300_000 }, () => {
    const less = ["data.count=240", "network.baseChannels=8", "epochs=1", "perClass=4"];
    follow("docs/tutorials/first-training.md", (args) => [...args, ...(args[0] === "train" ? less : [])]);
    expect(["first.html", "first.png", "first.onnx"].map((file) => existsSync(file))).toEqual([true, true, true]);
  });
});
