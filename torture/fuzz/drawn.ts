import { once } from "node:events";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createDeflate, deflateSync } from "node:zlib";
import { checksumOf } from "@semblant/faces/internals";
import { readPhoto } from "@semblant/photos";
import { readSafetensors } from "@semblant/torch";
import { resolveSettings } from "@semblant/training/settings";
import sharp from "sharp";
import { readConfig } from "../../packages/semblant/src/lab/config.ts";
import type { Kind, Making } from "./kind.ts";

/** Files that a fuzzer would hardly come upon, each drawn here: they hang, swell or crash a careless reader. */
export const drawnKinds: readonly Kind[] = [
  photo(
    "drawn: a drawing that never ends",
    "photo.jpg",
    ({ random }) => {
      const side = 8000 + random.integer(4000);
      const filter = `<filter id="f"><feTurbulence baseFrequency="0.05" numOctaves="9"/><feGaussianBlur stdDeviation="300"/><feMorphology operator="dilate" radius="60"/></filter>`;
      return Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">${filter}<rect width="${side}" height="${side}" filter="url(#f)"/></svg>`,
      );
    },
    true,
  ),
  photo(
    "drawn: a drawing of another file",
    "photo.png",
    ({ stock }) => {
      const inner = `<image href="file://${join(stock.formats, "photo.jpg")}" width="64" height="64"/>`;
      return Buffer.from(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="64" height="64">${inner}</svg>`);
    },
    true,
  ),
  photo("drawn: a profile of 500 MiB", "photo.png", async () =>
    withChunk(await sharpPng(64, 64), "iCCP", Buffer.concat([Buffer.from("p\0\0"), await deflated(500 * 2 ** 20)])),
  ),
  photo("drawn: 118 megapixels in half a megabyte", "photo.png", async ({ random }) => {
    const [width, height] = [10880 - random.integer(64), 10880 - random.integer(64)];
    return png({ width, height, depth: 16, interlaced: true }, await deflated(width * height * 2 + 8 * height));
  }),
  photo("drawn: a gigapixel that is not there", "photo.png", () =>
    png({ width: 2 ** 31 - 1, height: 2 ** 31 - 1, depth: 8, interlaced: false }, deflateSync(Buffer.alloc(64))),
  ),
  {
    name: "drawn: a list that holds itself",
    parts: [],
    make({ folder, random }) {
      const path = join(folder, "settings.yaml");
      const texts = ["seed: &x [*x]\n", "loss: &x { sigma: *x }\n", "data: &a\n  source: *a\n", `${"a: [".repeat(3000)}\n`];
      writeFileSync(path, texts[random.integer(texts.length)] as string);
      return { args: ["train", "--config", path, "--out", join(folder, "run"), "-q"], call: () => resolveSettings(readConfig(path)) };
    },
  },
  {
    name: "drawn: a shape beyond counting",
    parts: [],
    make({ folder, random }) {
      const path = join(folder, "weights.safetensors");
      const shapes = [[2 ** 32, 2 ** 32, 0], [0, 2 ** 53 - 1, 2 ** 53 - 1], Array.from({ length: 70 }, () => 1), [2 ** 63, 0]];
      const shape = shapes[random.integer(shapes.length)] as number[];
      const ones = shape.every((n) => n === 1) ? 4 : 0;
      const header = Buffer.from(JSON.stringify({ a: { dtype: "F32", shape, data_offsets: [0, ones] } }));
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(header.length));
      writeFileSync(path, Buffer.concat([length, header, Buffer.alloc(ones)]));
      const args = ["train", "--data", "generated", "data.count=160", "--start", path, "--out", join(folder, "run"), "-q"];
      return { args, call: () => void readSafetensors(path) };
    },
  },
  {
    name: "drawn: a path too long",
    parts: ["table"],
    make({ stock, folder, random }) {
      cpSync(stock.table, folder, { recursive: true });
      const long = ["x".repeat(300), `${"d/".repeat(3000)}x`, "ü".repeat(200), "a\0b"][random.integer(4)];
      const path = join(folder, "labels.csv");
      writeFileSync(path, `${readFileSync(path, "utf8")}images/${long}.png,neutral\n`);
      return { args: ["data", "inspect", folder, "-q"] };
    },
  },
  {
    name: "drawn: a mean that is no number",
    parts: ["indexed"],
    make({ stock, folder, random }) {
      mkdirSync(join(folder, ".semblant"));
      cpSync(join(stock.indexed, ".semblant/library.sqlite"), join(folder, ".semblant/library.sqlite"));
      const text = readFileSync(join(stock.indexed, ".semblant/taught.json"), "utf8");
      const odd = ['"NaN"', "1e400", "null", "[]", '"0.1"'][random.integer(5)] as string;
      writeFileSync(join(folder, ".semblant/taught.json"), text.replace(/"mean":\[[^,]+/, `"mean":[${odd}`));
      return {
        args: [
          ["album", folder, "--no-index", "--json", "-q"],
          ["search", "smirk", "--in", folder, "-q"],
        ][random.integer(2)] as string[],
      };
    },
  },
  {
    name: "drawn: words that every object has",
    parts: ["indexed"],
    make({ stock, folder, random }) {
      mkdirSync(join(folder, ".semblant"));
      cpSync(join(stock.indexed, ".semblant/library.sqlite"), join(folder, ".semblant/library.sqlite"));
      const word = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"][random.integer(5)] as string;
      const asked = [
        ["search", word, "--in", folder, "-q"],
        ["search", `happy, ${word}`, "--in", folder, "-q"],
        ["teach", word, "1", "2", "--in", folder, "--anyway", "-q"],
        ["search", "happy", "--filter", `${word}=1`, "--in", folder, "-q"],
        ["train", "--data", "generated", `${word}=1`, "--out", join(folder, "run"), "-q"],
      ];
      return { args: asked[random.integer(asked.length)] as string[] };
    },
  },
];

function photo(name: string, file: string, draw: (making: Making) => Uint8Array | Promise<Uint8Array>, refused = false): Kind {
  return {
    name,
    parts: ["formats"],
    async make(making) {
      const path = join(making.folder, file);
      writeFileSync(path, await draw(making));
      return { args: ["classify", path, "--json", "-q"], call: () => readPhoto(path, { maxSide: 1280 }), refused };
    },
  };
}

/** So many zeros, as zlib packs them; a mebibyte at a time, so that drawing takes less memory than reading may. */
async function deflated(length: number): Promise<Buffer> {
  const packing = createDeflate({ level: 1 });
  const parts: Buffer[] = [];
  packing.on("data", (part: Buffer) => parts.push(part));
  const zeros = Buffer.alloc(2 ** 20);
  for (let left = length; left > 0; left -= zeros.length) {
    if (!packing.write(zeros.subarray(0, Math.min(left, zeros.length)))) await once(packing, "drain");
  }
  packing.end();
  await once(packing, "end");
  return Buffer.concat(parts);
}

const sharpPng = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: "#8a9ba8" } })
    .png()
    .toBuffer();

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, body, Buffer.from(checksumOf(body), "hex")]);
}

/** A PNG with a chunk more, after its head. */
const withChunk = (bytes: Buffer, type: string, data: Uint8Array): Buffer =>
  Buffer.concat([bytes.subarray(0, 33), chunk(type, data), bytes.subarray(33)]);

function png(
  { width, height, depth, interlaced }: { width: number; height: number; depth: number; interlaced: boolean },
  data: Buffer,
): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([depth, 0, 0, 0, interlaced ? 1 : 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}
