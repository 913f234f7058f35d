import { rmSync } from "node:fs";
import { join } from "node:path";
import { Random } from "@semblant/core";
import Database from "better-sqlite3";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { classify } from "../asking/classify.ts";
import { search } from "../asking/search.ts";
import { emptyFolder, green, red, writePhotos } from "./fixtures/photos.ts";
import { openReader } from "./fixtures/pixel-reader.ts";
import { openLibrary } from "./library.ts";
import { mendRow } from "./mend-row.ts";
import { migrate, openFile } from "./open-file.ts";
import { repairLibrary } from "./repair.ts";
import { steps } from "./schema.ts";
import { type Cell, rowSeal, type SealedTable, sealedTables } from "./seals.ts";

let folder = "";
let path = "";
beforeEach(async () => {
  folder = await writePhotos(emptyFolder(), { "a.jpg": [red], "b.jpg": [red, green], "deep/c.jpg": [green] });
  path = join(folder, ".semblant", "library.sqlite");
  const library = await opened();
  for await (const _ of library.index());
  library.correct({ kind: "label", face: 2, label: "a word of mine" });
  library.correct({ kind: "hide", path: "deep" });
  library.close();
  const file = openFile(path, { readonly: false });
  file.exec(
    `INSERT INTO errors (path, bytes, modified, reason) VALUES ('gone.jpg', 12, 7.5, 'cut short');
     INSERT INTO remarks (hash, remark) SELECT hash, 'its last bytes are missing' FROM photos LIMIT 1;
     INSERT INTO tried (path, "with") VALUES ('gone.jpg', 'a reader');
     INSERT INTO documents (name, value) VALUES ('votes', '{"1":"happy"}');
     UPDATE photos SET taken = 1.5e12; UPDATE faces SET eyes_open = 0.25`,
  );
  file.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const opened = () => openLibrary(folder, { reader: openReader });

/** Changes one byte of a value behind the library's back, as a disk would: the seal stays. */
function damage(table: SealedTable, column: string, random: Random): { before: unknown; after: unknown } {
  const file = new Database(path);
  file.function("row_seal", { varargs: true }, () => 0);
  file.exec(`DROP TRIGGER ${table}_resealed`);
  const key = sealedTables[table].key.join(", ");
  const where = table === "facts" ? "WHERE name = 'model'" : `WHERE ${column} IS NOT NULL`;
  const [row, before, bytes] = file
    .prepare(`SELECT ${key.split(", ")[0]}, ${column}, CAST(${column} AS BLOB) FROM ${table} ${where} LIMIT 1`)
    .raw()
    .get() as [Cell, Cell, Buffer];
  let after: Cell;
  if (typeof before === "number") {
    const head = Buffer.alloc(8);
    head.writeBigInt64BE(BigInt(Math.trunc(before)));
    head[7] = (head[7] as number) ^ (1 + random.integer(127));
    after = Number.isInteger(before) ? Number(head.readBigInt64BE()) : changedDouble(before, random);
    file.pragma("foreign_keys = OFF");
    file.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${key.split(", ")[0]} = ?`).run(after, row);
  } else {
    const changed = Buffer.from(bytes);
    const at = random.integer(changed.length);
    changed[at] = (changed[at] as number) ^ (1 + random.integer(255));
    after = changed;
    file.pragma("ignore_check_constraints = ON");
    const value = typeof before === "string" ? "CAST(? AS TEXT)" : "?";
    file.prepare(`UPDATE ${table} SET ${column} = ${value} WHERE ${key.split(", ")[0]} = ?`).run(changed, row);
  }
  const [sql] = steps.join("\n").match(new RegExp(`CREATE TRIGGER ${table}_resealed.*END;`)) as [string];
  file.exec(sql);
  file.close();
  return { before, after };
}

function changedDouble(value: number, random: Random): number {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  bytes[4] = (bytes[4] as number) ^ (1 + random.integer(255));
  return bytes.readDoubleBE();
}

describe("the seal of a row", () => {
  it("is another for a value of another kind, length or place", () => {
    const rows: Cell[][] = [
      [1, "a"],
      [1, Buffer.from("a")],
      ["1", "a"],
      [null, "a"],
      [0, "a"],
      ["a", 1],
      ["ab", ""],
      ["", "ab"],
      [1.5, "a"],
    ];
    expect(new Set(rows.map(rowSeal)).size).toBe(rows.length);
  });

  it("tells which one byte was changed, and what it was", () => {
    const cell = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc.integer(),
      fc.double({ noNaN: true }),
      fc.constant(null),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 12 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (row, where, change) => {
        const raw = row.map((value) => (typeof value === "string" ? Buffer.from(value) : value));
        const texts = row.map((value) => typeof value === "string");
        const contents = raw.flatMap((value, column) =>
          Buffer.isBuffer(value) ? Array.from(value, (_, at) => [column, at] as const) : [],
        );
        fc.pre(contents.length > 0);
        const [column, at] = contents[where % contents.length] as readonly [number, number];
        const bytes = Buffer.from(raw[column] as Buffer);
        bytes[at] = (bytes[at] as number) ^ change;
        const damaged = raw.map((value, i) => (i === column ? bytes : value));
        expect(mendRow(damaged, texts, rowSeal(row))).toEqual({ row, column });
      }),
      { seed: 17, numRuns: 300 },
    );
  });
});

describe("one damaged byte", () => {
  it.each(
    (Object.keys(sealedTables) as SealedTable[]).flatMap((table) =>
      sealedTables[table].columns
        .filter((column) => !(sealedTables[table].key as readonly string[]).includes(column))
        .map((column) => [table, column] as const),
    ),
  )("in %s.%s is found by check and mended by repair, and everything else answers", async (table, column) => {
    const { before, after } = damage(table, column, new Random(column.length));
    expect(after).not.toEqual(before);
    const library = await opened();
    const named = {
      facts: "the model's card",
      photos: "photo ",
      faces: "face ",
      corrections: "correction ",
      targets: "what correction ",
      marks: "the mark of face",
      remarks: "how ",
      documents: 'the document "votes"',
      errors: "why gone.jpg cannot be read",
      tried: "what gone.jpg was tried with",
    }[table];
    expect(library.check().problems.join("\n")).toContain(`damaged: ${named}`);
    expect((await classify(library)).faces.length).toBeGreaterThan(0);
    expect((await search(library, "angry", { k: 5 })).hits.length).toBeGreaterThan(0);
    library.close();
    const { rows, salvaged } = await repairLibrary(folder);
    expect([...(rows?.mended ?? []), ...(rows?.reread ?? []), ...(salvaged ? ["all rows"] : [])]).not.toEqual([]);
    expect(rows?.lost ?? []).toEqual([]);
    const again = await opened();
    for await (const _ of again.index());
    expect(again.check()).toMatchObject({ photos: 3, faces: 4, corrections: 2, problems: [] });
    expect(again.corrections()).toMatchObject([{ label: "a word of mine", faces: [2] }, { path: "deep" }]);
    again.close();
  });

  it("anywhere in the file is named, or changes no answer", { timeout: 120_000 }, async () => {
    const { readFileSync, writeFileSync } = await import("node:fs");
    const { DataError } = await import("@semblant/core");
    const whole = readFileSync(path);
    const answers = async (readonly: boolean) => {
      const library = await openLibrary(folder, { reader: openReader, readonly });
      try {
        const { problems } = library.check();
        if (problems.length > 0) {
          await classify(library);
          return "named";
        }
        const { faces, photos, embeddings } = library.faceSet({ hidden: true });
        return JSON.stringify([
          faces,
          [...photos.values()].map((photo) => ({ ...photo, perceptualHash: String(photo.perceptualHash) })),
          [...embeddings.values],
          library.corrections(),
          (await search(library, 1, { k: 9 })).hits,
        ]);
      } finally {
        library.close();
      }
    };
    const right = await answers(true);
    const random = new Random(Number(process.env.SEMBLANT_TORTURE_SEED ?? 20));
    const seen = { named: 0, refused: 0, harmless: 0 };
    for (let n = 0; n < Number(process.env.SEMBLANT_TORTURE_FLIPS ?? 250); n++) {
      const bytes = Buffer.from(whole);
      const at = random.integer(bytes.length);
      bytes[at] = (bytes[at] as number) ^ (1 + random.integer(255));
      for (const ending of ["-wal", "-shm"]) rmSync(path + ending, { force: true });
      writeFileSync(path, bytes);
      try {
        const said = await answers(n % 2 === 0);
        if (said === "named") seen.named++;
        else {
          expect(said, `byte ${at}`).toBe(right);
          seen.harmless++;
        }
      } catch (error) {
        if (!(error instanceof DataError)) throw Object.assign(error as Error, { message: `byte ${at}: ${(error as Error).message}` });
        seen.refused++;
      }
    }
    expect(seen.named).toBeGreaterThan(0);
    expect(seen.refused).toBeGreaterThan(0);
  });
});

describe("a library from before there were seals", () => {
  it("gets them without reading a photo again, and a row that no reader writes is found all the same", async () => {
    const old = join(folder, "old.sqlite");
    const file = new Database(old);
    migrate(file, steps.slice(0, 1));
    file.exec(`ATTACH '${path}' AS new`);
    const later = ["tried", "remarks", "documents"];
    for (const [table, { columns }] of Object.entries(sealedTables).filter(([name]) => !later.includes(name)))
      file.exec(`INSERT INTO main.${table} (${columns.join(", ")}) SELECT ${columns.join(", ")} FROM new.${table}`);
    file.exec("UPDATE main.faces SET landmarks = replace(landmarks, ':', '?') WHERE id = 3");
    file.close();
    const library = await openLibrary(folder, { file: old, reader: openReader });
    expect(library.check().problems).toEqual(["damaged: face 3 of b.jpg (landmarks)"]);
    expect(library.faceSet()).toMatchObject({
      faces: [{ id: 1 }, { id: 2 }],
      remarks: ["damaged and left out: face 3 of b.jpg. Mend it with: semblant library repair"],
    });
    expect(library.repair()).toMatchObject({ reread: ["face 3 of b.jpg (landmarks)"], photos: 1 });
    const read: string[] = [];
    for await (const { path: photo, change } of library.index()) if (change === "read") read.push(photo);
    expect(read).toEqual(["b.jpg"]);
    expect(library.check().problems).toEqual([]);
    library.close();
  });
});
