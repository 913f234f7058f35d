/**
 * A library of many photos without many pictures: a few photos of generated faces are read, and then stand in the library again and again
 * under other names, at other times, each face moved a little in the space at random.
 */
import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { Random } from "@semblant/core";
import { openLibrary } from "@semblant/photos";
import { fileOf } from "@semblant/photos/internals";

type Row = Readonly<Record<string, unknown>>;

/**
 * Makes it.
 *
 * @param folder is made
 * @returns photos and faces in it
 */
export async function makeLargeLibrary(folder: string, photos: number): Promise<{ readonly photos: number; readonly faces: number }> {
  const drawn = join(folder, "0000");
  const script = resolve(import.meta.dirname, "../scripts/album-photos.mjs");
  execFileSync(process.execPath, ["--conditions=semblant-source", script, drawn, "--any"], { stdio: "ignore" });
  const library = await openLibrary(folder);
  try {
    for await (const _ of library.index());
    const file = fileOf(library);
    const rows = file.prepare("SELECT * FROM photos ORDER BY id").all() as Row[];
    const faces = file.prepare("SELECT * FROM faces WHERE photo = ?");
    const add = (table: string, row: Row) =>
      file
        .prepare(`INSERT INTO ${table} (${Object.keys(row)}) VALUES (${Object.keys(row).map((name) => `@${name}`)}) RETURNING id`)
        .pluck()
        .get(row);
    const random = new Random(0);
    file.transaction(() => {
      for (let i = rows.length; i < photos; i++) {
        const { id, ...photo } = rows[i % rows.length] as Row;
        const name = String(photo.path);
        const path = `${String(Math.floor(i / 250)).padStart(4, "0")}/${basename(name, extname(name))}-${i}${extname(name)}`;
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        linkSync(join(folder, name), join(folder, path));
        const taken = Date.UTC(2015, 0, 1) + i * 4 * 3600 * 1000;
        const added = add("photos", { ...photo, path, taken });
        for (const { id: _, embedding, ...face } of faces.all(id) as Row[])
          add("faces", { ...face, photo: added, embedding: moved(embedding as Buffer, random) });
      }
    })();
    const counted = (table: string) => file.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
    return { photos: counted("photos"), faces: counted("faces") };
  } finally {
    library.close();
  }
}

/** Another embedding near one. */
function moved(bytes: Buffer, random: Random): Buffer {
  const values = new Float32Array(Uint8Array.from(bytes).buffer);
  const length = Math.hypot(...values);
  const spread = (0.15 * length) / Math.sqrt(values.length);
  return Buffer.from(values.map((value) => value + random.normal(0, spread)).buffer);
}
