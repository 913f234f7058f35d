import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Random } from "@semblant/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pathOfModel } from "../../../photos/src/models/read-model.ts";
import { writePicture } from "../../../photos/src/pictures/fixtures/drawn-face.ts";
import { runProgram } from "../program.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-adapt-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (path: string) => join(folder, path);

async function semblant(...args: string[]) {
  const said = { stdout: "", stderr: "" };
  const hear = (stream: keyof typeof said) => ({
    write: (text: string) => {
      said[stream] += text;
    },
  });
  const status = await runProgram(args, { stdout: hear("stdout"), stderr: hear("stderr"), env: {} });
  return { status, ...said };
}

/** Pictures that count as faces: noise about a grey, each look with its own pattern of light. */
async function pictures(place: string, looks: readonly string[], each = 2): Promise<string[]> {
  const random = new Random(4);
  const lines: string[] = [];
  for (const [l, look] of looks.entries()) {
    for (const person of ["01", "02", "03"]) {
      for (let i = 0; i < each; i++) {
        const light = (at: number) => 90 + (Math.floor(at / 3 / (1 + 5 * l)) % 2) * 80 + 10 * random.normal();
        const data = Uint8Array.from({ length: 48 * 48 * 3 }, (_, k) => Math.max(0, Math.min(255, light(k))));
        await writePicture(at(`${place}/${look}/${person}-${i}.png`), { width: 48, height: 48, data });
        lines.push(`${look}/${person}-${i}.png,${look},${person}`);
      }
    }
  }
  return lines;
}

describe.skipIf(!existsSync(pathOfModel("small")))("semblant adapt", () => {
  beforeAll(async () => {
    const lines = await pictures("table", ["happy", "sad", "smirk"]);
    writeFileSync(at("table/labels.csv"), `path,label,subject\n${lines.join("\n")}\n`);
    await pictures("folders", ["happy", "sad"]);
    await pictures("few", ["happy", "sad"], 1);
    rmSync(at("few/sad/03-0.png"));
  });

  it("adapts to a table's labels and persons, and makes a model that the other commands take", async () => {
    const unknown = await semblant("adapt", at("table"), "--out", at("mine.json"), "--model", "small", "data.cache=false");
    expect([unknown.status, unknown.stderr]).toEqual([
      1,
      expect.stringContaining(
        "DataError: adapt: expected labels that the model knows (neutral, happiness, surprise, sadness, anger, disgust, fear, contempt), " +
          'but got "smirk" (6 faces).\n  To take it as a new class: --new smirk\n',
      ),
    ]);
    const made = await semblant("adapt", at("table"), "--out", at("mine.json"), "--model", "small", "--new", "all", "data.cache=false");
    expect([made.status, made.stdout.split("\n").slice(0, 4)]).toEqual([
      0,
      [
        "table labels.csv, labels: labels.csv label",
        "",
        expect.stringMatching(/^18 faces of 3 persons: \d+ right before, \d+ after, \+\d+\.\d points( \(.*\))?\.$/),
        expect.stringMatching(/^Of the persons, \d gain by it and \d lose\.$/),
      ],
    ]);
    expect(made.stdout).toMatch(/\nsmirk \(new\) +6 +0\.0 +\d/);
    expect(made.stdout).toContain(`kept in ${at("mine.json")}: semblant classify me.jpg --model ${at("mine.json")}\n`);
    const card = await semblant("model", "card", at("mine.json"), "--json");
    expect(JSON.parse(card.stdout)).toMatchObject({ name: "expression-small, adapted", measured: [{ n: 18 }, { n: 18 }] });
    const named = await semblant("classify", at("table/smirk/01-0.png"), "--model", at("mine.json"), "--json");
    expect(JSON.parse(named.stdout).classes.at(-1)).toBe("smirk");
    const measured = await semblant("evaluate", at("mine.json"), "--data", at("table"), "--json", "--bootstrap", "0", "data.cache=false");
    expect(JSON.parse(measured.stdout)).toMatchObject({ run: at("mine.json") });
  }, 60_000);

  it("reads a folder per class without libtorch, says that nobody is named, and lets a library answer by it until it is forgotten", async () => {
    const none = await semblant("adapt", at("folders"), "--in", at("few"), "--model", "small", "--no-index");
    expect([none.status, none.stderr]).toEqual([2, expect.stringContaining(`adapt: expected a library in ${at("few")} or above it`)]);
    await semblant("index", at("folders"), "--model", "small");
    const spaced = await semblant("adapt", at("folders"), "--out", at("my own.json"));
    expect(spaced.stdout).toContain(`--model "${at("my own.json")}"\n`);
    const { status, stdout } = await semblant("adapt", at("folders"), "--in", at("folders"), "--json");
    const { library, persons, notes, better } = JSON.parse(stdout);
    expect([status, better, persons, notes.length]).toEqual([0, true, 12, 1]);
    expect(library).toMatch(/library\.sqlite$/);
    const forgotten = await semblant("adapt", "--forget", "--in", at("folders"));
    expect(forgotten.stdout).toBe(`${at("folders")}: forgotten. It answers by expression-small as it was trained.\n`);
    const two = await semblant("adapt", at("folders"), "--forget", "--in", at("few"));
    expect([two.status, two.stderr]).toEqual([2, expect.stringContaining('adapt: expected one folder with --forget, like "--forget --in')]);
    const again = await semblant("adapt", "--forget", "--in", at("folders"));
    expect([again.status, again.stderr]).toEqual([2, expect.stringContaining("adapt: expected a library that was adapted, but ")]);

    const elsewhere = ["--in", at("folders"), "--library", at("other.sqlite")];
    await semblant("index", at("folders"), "--model", "small", "--library", at("other.sqlite"));
    const kept = await semblant("adapt", at("folders"), ...elsewhere);
    const back = `semblant adapt --forget --in ${at("folders")} --library ${at("other.sqlite")}\n`;
    expect(kept.stdout).toContain(`${at("other.sqlite")} answers by it from now on; to go back: ${back}`);
    expect((await semblant("adapt", "--forget", ...elsewhere)).stdout).toBe(forgotten.stdout);
  }, 60_000);

  it("says what is missing", async () => {
    const few = await semblant("adapt", at("few"), "--out", at("few.json"), "--model", "small");
    expect([few.status, existsSync(at("few.json"))]).toEqual([1, false]);
    expect(few.stderr).toContain(
      "DataError: adapt: expected at least 3 faces per class, but sadness has 2.\n  Label more of them, or leave them out.\n",
    );
    expect(await semblant("adapt")).toMatchObject({
      status: 2,
      stderr: 'OptionError: adapt: expected a folder or table of labelled faces, like "semblant adapt faces/ --out mine.json".\n',
    });
    const other = await semblant("adapt", at("table"), "--out", at("x.json"), "--library", at("x.sqlite"));
    expect(other.stderr).toBe(`OptionError: adapt: expected a folder of photos with --library, but got the data set ${at("table")}.\n`);
    const missing = `adapt: expected a library at ${at("no.sqlite")}, but there is none.\n  Make one with: semblant index FOLDER --library ${at("no.sqlite")}\n`;
    for (const asked of [[at("table")], [at("folders")], ["--corrected"], ["--forget"]]) {
      const elsewhere = await semblant("adapt", ...asked, "--in", at("few"), "--library", at("no.sqlite"));
      expect([elsewhere.status, elsewhere.stderr]).toEqual([2, expect.stringContaining(missing)]);
    }
    expect(existsSync(at("no.sqlite"))).toBe(false);
    const again = await semblant("adapt", at("table"), "--model", at("mine.json"), "--out", at("x.json"), "data.cache=false");
    expect(again.stderr).toContain('DataError: adapt: expected a model as it was trained, but got "expression-small, adapted".\n');
  }, 60_000);
});
