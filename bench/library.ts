/**
 * Does memory stay flat whatever a folder holds, and what does the library itself cost? 10,000 photos of ours are indexed with a reader
 * that costs next to nothing (--real: with the one that ships), then indexed again unchanged, and searched, exactly and approximately.
 *
 *   npm run bench -- library [--photos 10000] [--side 320] [--workers 2] [--real]     a few minutes on two cores
 */

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Random } from "@semblant/core";
import { openLibrary, search } from "@semblant/photos";
import sharp from "sharp";
import { parseOptions } from "./options.ts";
import { residentOf } from "./resident.ts";
import { record } from "./result.ts";

const { values } = parseOptions({
  options: {
    photos: { type: "string", default: "10000" },
    side: { type: "string", default: "320" },
    workers: { type: "string", default: "2" },
    real: { type: "boolean", default: false },
    make: { type: "string" }, // only the photos, into this folder: what making them takes is not to be measured
  },
});
const photos = Number(values.photos);
const side = Number(values.side);
const workers = Number(values.workers);
const folder = values.make ?? mkdtempSync(join(tmpdir(), "semblant-bench-"));
const mib = () => (residentOf(process.pid) ?? process.memoryUsage.rss()) / 2 ** 20;
const seconds = (began: number) => (performance.now() - began) / 1000;
const round = (x: number, digits = 1) => Number(x.toFixed(digits));

if (values.make === undefined) await measure();
else await makePhotos();

async function measure(): Promise<void> {
  try {
    const given = ["--photos", values.photos, "--side", values.side, "--make", folder];
    execFileSync(process.execPath, ["--conditions=semblant-source", import.meta.filename, ...given], { stdio: "inherit" });
    const library = await openLibrary(folder, values.real ? {} : { reader: new URL("./cheap-reader.ts", import.meta.url) });
    const resident: { done: number; mib: number }[] = [];
    let peak = mib();
    const began = performance.now();
    for await (const { done } of library.index({ workers })) {
      peak = Math.max(peak, mib());
      if (done % Math.ceil(photos / 20) !== 0) continue;
      resident.push({ done, mib: round(mib()) });
      console.log(`${done} photos: ${round(mib())} MiB, ${round(done / seconds(began))} photos/s`);
    }
    const first = seconds(began);
    const again = performance.now();
    for await (const _ of library.index({ workers }));
    const unchanged = seconds(again);
    const { faces } = library.check();

    const ids = library.faceSet().faces.map((face) => face.id);
    const queries = Array.from({ length: 100 }, (_, i) => ids[Math.floor((i * ids.length) / 100)] as number);
    const timed = async (options: object): Promise<number> => {
      await search(library, queries[0] as number, { k: 12, ...options });
      const start = performance.now();
      for (const query of queries) await search(library, query, { k: 12, ...options });
      return (1000 * seconds(start)) / queries.length;
    };
    const exactly = await timed({});
    const filtered = await timed({ filter: { side: 1 } });
    const building = performance.now();
    const { recall } = await search(library, queries[0] as number, { approximate: true });
    const built = seconds(building);
    const approximately = await timed({ approximate: true });
    const size = statSync(library.path).size / 2 ** 20;
    library.close();

    const early = resident.find(({ done }) => done >= photos / 10) ?? resident[0];
    if (early === undefined) throw new Error("no photo was read");
    const late = Math.max(...resident.slice(Math.floor(resident.length / 10)).map((one) => one.mib));
    record({
      name: values.real ? `library-real-${photos}` : `library-${photos}`,
      ours: { value: round(peak), unit: `MiB at most while ${photos} photos are indexed` },
      peer: { name: "itself", version: `after ${early.done} photos`, value: early.mib },
      ratio: early.mib / late,
      growthPercent: round(100 * (late / early.mib - 1)),
      photosPerSecond: round(photos / first),
      workers,
      side,
      faces,
      libraryMiB: round(size),
      secondsUnchanged: round(unchanged, 2),
      searchMs: { exact: round(exactly, 2), filtered: round(filtered, 2), approximate: round(approximately, 2) },
      approximate: { recall, secondsToMake: round(built, 2) },
      resident,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Photos of ours: soft patches of colour, no two the same, a hundred to a folder. */
async function makePhotos(): Promise<void> {
  const random = new Random(0);
  const began = performance.now();
  for (let i = 0; i < photos; i++) {
    const place = join(folder, String(Math.floor(i / 100)));
    if (i % 100 === 0) mkdirSync(place);
    const data = Uint8Array.from({ length: 8 * 6 * 3 }, () => random.integer(256));
    const jpeg = await sharp(data, { raw: { width: 8, height: 6, channels: 3 } })
      .resize(side, Math.round((side * 3) / 4), { kernel: "cubic" })
      .jpeg({ quality: 80 })
      .toBuffer();
    writeFileSync(join(place, `${i}.jpg`), jpeg);
  }
  console.log(`${photos} photos made in ${round(seconds(began))} s`);
}
