import { execFile, execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { classify } from "../asking/classify.ts";
import { search } from "../asking/search.ts";
import { teach } from "../asking/teach.ts";
import { openToAll } from "./fixtures/open-to-all.ts";
import { emptyFolder, green, red, writePhotos } from "./fixtures/photos.ts";
import { openReader } from "./fixtures/pixel-reader.ts";
import { openLibrary } from "./library.ts";

let folder = "";
let own = "";
beforeEach(async () => {
  folder = await writePhotos(join(emptyFolder(), "photos"), { "a.jpg": [red], "b.jpg": [green, red] });
  own = join(folder, ".semblant");
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const program = new URL("./fixtures/ask-once.ts", import.meta.url).pathname;
const argumentsOf = (...given: readonly string[]) => ["--conditions=semblant-source", program, ...given];
const run = (...given: readonly string[]) => execFileSync(process.execPath, argumentsOf(...given), { encoding: "utf8", timeout: 60_000 });
const begun = (...given: readonly string[]) => promisify(execFile)(process.execPath, argumentsOf(...given), { timeout: 60_000 });

async function indexed(options: { readonly file?: string } = {}): Promise<void> {
  const library = await openLibrary(folder, { reader: openReader, ...options });
  for await (const _ of library.index());
  library.close();
}

const taught = (name: string, library?: string) =>
  teach(folder, { name, faces: [1, 2] }, { anyway: true, index: false, reader: openReader, ...(library !== undefined && { library }) });

const modes = (place: string) =>
  Object.fromEntries(["", ...readdirSync(place)].map((name) => [name, (statSync(join(place, name)).mode & 0o777).toString(8)]));

describe("what a library knows", () => {
  it("is its owner's alone: the folder, the file, its log, the lock, the index, the taught classes", async () => {
    await indexed();
    const library = await openLibrary(folder, { reader: openReader });
    await taught("odd");
    await search(library, 1, { approximate: true });
    library.correct({ kind: "hide", path: "b.jpg" });
    expect(modes(own)).toEqual({
      "": "700",
      "library.sqlite": "600",
      "library.sqlite-shm": "600",
      "library.sqlite-wal": "600",
      "library.sqlite.lock": "600",
      "library.codes": "600",
      "taught.json": "600",
    });
    library.close();
  });

  it("becomes so when an older library is opened to be written", async () => {
    await indexed();
    writeFileSync(join(own, "library.codes"), "");
    for (const name of readdirSync(own)) chmodSync(join(own, name), 0o664);
    chmodSync(own, 0o775);
    (await openLibrary(folder, { reader: openReader })).close();
    expect(new Set(Object.values(modes(own)))).toEqual(new Set(["700", "600"]));
  });

  it("changes nothing of a folder that is not a library's own", async () => {
    const elsewhere = join(folder, "..", "elsewhere");
    mkdirSync(elsewhere);
    chmodSync(elsewhere, 0o755);
    await indexed({ file: join(elsewhere, "mine.sqlite") });
    expect(modes(elsewhere)).toEqual({ "": "755", "mine.sqlite": "600", "mine.sqlite.lock": "600" });
  });
});

describe("a library that lies elsewhere", () => {
  const place = () => join(folder, "..", "elsewhere", "mine.sqlite");

  it("leaves nothing beside the photos, whatever is done with it", async () => {
    await indexed({ file: place() });
    const library = await openLibrary(folder, { file: place(), reader: openReader });
    await taught("odd", place());
    await search(library, 1, { approximate: true });
    library.correct({ kind: "hide", path: "b.jpg" });
    library.repair();
    library.forget("b.jpg");
    expect((await classify(library)).classes).toContain("odd");
    library.close();
    expect(readdirSync(folder)).toEqual(["a.jpg", "b.jpg"]);
    expect(existsSync(join(place(), "..", "mine.taught.json"))).toBe(true);
  });

  it("knows the classes that lie beside the photos, where earlier versions kept them", async () => {
    await indexed({ file: place() });
    await indexed();
    await taught("odd");
    const text = readFileSync(join(own, "taught.json"), "utf8");
    const library = await openLibrary(folder, { file: place(), reader: openReader });
    expect((await classify(library)).classes).toContain("odd");
    await taught("other", place());
    expect((await classify(library)).classes).toEqual(["anger", "happiness", "sadness", "odd", "other"]);
    library.close();
    expect(readFileSync(join(own, "taught.json"), "utf8")).toBe(text);
  });
});

// As root the child becomes nobody, who has to be able to load the code.
describe.skipIf(process.getuid?.() === 0 && !openToAll(import.meta.dirname))("a library that may only be read", () => {
  const answers = (refusedPath: string) => {
    const refused = `library: expected to write ${refusedPath}, but it may only be read.\n  Keep the library elsewhere with --library.`;
    return { readonly: true, faces: 3, hits: 1, album: 1, best: 2, cluster: 1, classify: 3, problems: [], refused: [refused, refused] };
  };

  beforeEach(() => chmodSync(join(folder, ".."), 0o755));

  /** Everybody may read; nobody may write. */
  function shared(): void {
    for (const name of readdirSync(own)) chmodSync(join(own, name), 0o444);
    chmodSync(own, 0o555);
    chmodSync(folder, 0o555);
  }

  it("answers whatever is asked, and says clearly what it cannot keep", async () => {
    await indexed();
    shared();
    expect(JSON.parse(run("ask", folder, "", "65534"))).toEqual(answers(join(own, "library.sqlite")));
  });

  it("answers in a folder that may be written, too", async () => {
    await indexed();
    for (const name of readdirSync(own)) chmodSync(join(own, name), 0o444);
    chmodSync(own, 0o777);
    expect(JSON.parse(run("ask", folder, "", "65534"))).toEqual(answers(join(own, "library.sqlite")));
  });

  it("answers an audit of labelled photos, and says that it did not look for new ones", async () => {
    const labelled = Object.fromEntries(
      ["1", "2", "3", "4"].flatMap(
        (n) =>
          [
            [`happy/${n}.jpg`, [green]],
            [`angry/${n}.jpg`, [red]],
          ] as const,
      ),
    );
    await writePhotos(folder, { ...labelled, "happy/wrong.jpg": [red] });
    await indexed();
    shared();
    expect(JSON.parse(run("audit", folder, "", "65534"))).toEqual({
      faces: 9,
      doubtful: ["happy/wrong.jpg angry"],
      remarks: [`${join(own, "library.sqlite")} may only be read: new photos were not looked for`],
    });
  });

  it("answers with what stands in a log that was left", async () => {
    await indexed();
    const path = join(own, "library.sqlite");
    const library = await openLibrary(folder, { reader: openReader });
    library.correct({ kind: "label", face: 1, label: "sadness" });
    const [bytes, log] = [readFileSync(path), readFileSync(`${path}-wal`)];
    library.close();
    writeFileSync(path, bytes);
    writeFileSync(`${path}-wal`, log);
    rmSync(`${path}-shm`, { force: true });
    const plain = new Database(bytes.fill(1, 18, 20));
    expect(plain.prepare("SELECT count(*) FROM corrections").pluck().get()).toBe(0);
    plain.close();
    shared();
    const program = `
      import { openLibrary } from ${JSON.stringify(new URL("./library.ts", import.meta.url).href)};
      if (process.getuid?.() === 0) { process.setgid(65534); process.setuid(65534); }
      const library = await openLibrary(process.argv[1], { readonly: "auto" });
      console.log(library.corrections().length, library.check().problems.length);`;
    const said = execFileSync(process.execPath, ["--conditions=semblant-source", "--input-type=module", "--eval", program, folder], {
      encoding: "utf8",
    });
    expect(said).toBe("1 0\n");
  });

  it("of an earlier format is brought up to date in memory", async () => {
    await indexed();
    const path = join(own, "library.sqlite");
    const file = new Database(path);
    for (const table of ["facts", "photos", "faces", "corrections", "targets", "marks", "errors", "tried"])
      file.exec(`DROP TRIGGER ${table}_sealed; DROP TRIGGER ${table}_resealed; ALTER TABLE ${table} DROP COLUMN seal`);
    file.exec("ALTER TABLE photos DROP COLUMN looked; DROP TRIGGER photos_remarked; DROP TABLE remarks; DROP TABLE documents");
    file.pragma("user_version = 2");
    file.close();
    shared();
    const before = readFileSync(path);
    expect(JSON.parse(run("ask", folder, "", "65534"))).toEqual(answers(path));
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe("two processes at once", () => {
  it("lose nothing that is taught", { timeout: 120_000 }, async () => {
    await indexed();
    for (let trial = 0; trial < 3; trial++) {
      const names = Array.from({ length: 3 }, (_, i) => `class ${trial} ${i}`);
      await Promise.all(names.map((name) => begun("teach", folder, name)));
    }
    const library = await openLibrary(folder, { reader: openReader });
    expect([...(await classify(library)).classes].slice(3).sort()).toEqual(
      [0, 1, 2].flatMap((trial) => [0, 1, 2].map((i) => `class ${trial} ${i}`)),
    );
    library.close();
  });

  it("in one program neither", async () => {
    await indexed();
    const library = await openLibrary(folder, { reader: openReader });
    await Promise.all(["x", "y", "z"].map((name) => taught(name)));
    expect([...(await classify(library)).classes].slice(3).sort()).toEqual(["x", "y", "z"]);
    library.close();
  });
});
