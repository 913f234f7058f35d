/** Ours in the comparison of bench/photos.ts: photos read one after the other, on one thread. */
import { createInterface } from "node:readline";
import { openNodeReader, readPhoto, version } from "@semblant/photos";

const { maxSide } = JSON.parse(process.argv[2] as string) as { maxSide: number };
const reader = await openNodeReader();
console.log(JSON.stringify({ version }));

for await (const line of createInterface({ input: process.stdin })) {
  const { photos } = JSON.parse(line) as { photos: string[] };
  const began = performance.now();
  let faces = 0;
  for (const photo of photos) faces += (await reader.read(await readPhoto(photo, { maxSide }))).length;
  console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000, faces, peakMiB: process.resourceUsage().maxRSS / 1024 }));
}
await reader.close();
