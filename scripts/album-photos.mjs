#!/usr/bin/env node
// Makes the photos behind docs/images/album.png: people with generated faces, one to three to a photo, on five days.
// The model that ships learned from real faces, so only faces that it names as they were drawn are taken.
// With --any all faces are taken, which is done in seconds: the app's library of generated faces (scripts/app.mjs).
//   node --conditions=semblant-source scripts/album-photos.mjs FOLDER [--any]
//   npx semblant album FOLDER --sheet album.html --size 6     # then a screenshot of album.html
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Embeddings } from "@semblant/core";
import { generateFaces } from "@semblant/datasets";
import { openNodeReader } from "@semblant/photos";
import sharp from "sharp";

const any = process.argv.includes("--any");
const folder = process.argv.slice(2).find((word) => word !== "--any") ?? "album-photos";
const side = 256;
const [width, height] = [960, 720];
const { train } = generateFaces({
  count: any ? 120 : 360,
  seed: 11,
  difficulty: 0.3,
  size: side,
  people: any ? 15 : 24,
  splits: ["train"],
});

const hill = (colour, top) => `<path d="M0 ${top} Q240 ${top - 110} 480 ${top} T960 ${top - 30} V720 H0 Z" fill="${colour}"/>`;
const disc = (x, y, r, colour) => `<circle cx="${x}" cy="${y}" r="${r}" fill="${colour}"/>`;
const stripe = (colour, top) => `<rect y="${top}" width="960" height="720" fill="${colour}"/>`;
/** Sky, scenery, and the dark and light of skin and hair in that light. */
const places = [
  {
    name: "beach",
    sky: "#a9dcec",
    scene: disc(800, 110, 60, "#fff3c4") + stripe("#4fa6c4", 380) + hill("#f2dfb4", 520),
    tones: ["#43271a", "#ffe9cf"],
  },
  { name: "garden", sky: "#d8efd0", scene: hill("#a5cf8b", 420) + hill("#6da865", 560), tones: ["#38241a", "#ffe6c8"] },
  {
    name: "evening",
    sky: "#f7c08a",
    scene: disc(180, 330, 90, "#fff0c9") + hill("#c7746f", 440) + hill("#7d4a6b", 570),
    tones: ["#3b1a20", "#ffdcb8"],
  },
  {
    name: "birthday",
    sky: "#f6e6d0",
    scene:
      [90, 250, 700, 860].map((x, i) => disc(x, 120 + 40 * (i % 2), 48, ["#e2725b", "#f2b84b", "#5b9aa0", "#8f6bb3"][i])).join("") +
      stripe("#dfbf97", 600),
    tones: ["#43291f", "#fff0dc"],
  },
  { name: "snow", sky: "#cfe2f1", scene: hill("#e9f2f9", 430) + hill("#ffffff", 560), tones: ["#33292e", "#ffeadd"] },
];
const clothes = ["#c8553d", "#2d6a8a", "#e0a83e", "#5a7d4f", "#7b4b8a", "#33415c", "#d98cA0", "#4aa5a0"];
const rgb = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** A head in colour, its own ground faded out. */
function head(row, [dark, light], pixels) {
  const grey = new Uint8Array(side * side);
  train.images.gather([row], grey);
  const out = Buffer.alloc(side * side * 4);
  for (let i = 0; i < side * side; i++) {
    const share = (grey[i] / 255) ** 0.8;
    for (let c = 0; c < 3; c++) out[4 * i + c] = dark[c] + (light[c] - dark[c]) * share;
    const x = ((i % side) + 0.5) / side - 0.5;
    const y = (Math.floor(i / side) + 0.5) / side - 0.5;
    const far = Math.sqrt((x / 0.44) ** 2 + (y / 0.5) ** 2);
    out[4 * i + 3] = 255 * Math.max(0, Math.min(1, (1.0 - far) / 0.1));
  }
  return sharp(out, { raw: { width: side, height: side, channels: 4 } })
    .resize(pixels, pixels)
    .png()
    .toBuffer();
}

/** Neck and shoulders below a head whose middle is at x, y. */
function shoulders(x, y, pixels, row, [, light]) {
  const unit = pixels / 2;
  const top = y + 0.78 * unit;
  const skin = `rgb(${light.map((value) => Math.round(value * 0.72)).join()})`;
  const neck = `<rect x="${x - 0.26 * unit}" y="${y + 0.5 * unit}" width="${0.52 * unit}" height="${0.7 * unit}" fill="${skin}"/>`;
  const body = `<path d="M${x - 1.25 * unit} 720 C${x - 1.25 * unit} ${top + 0.35 * unit} ${x - 0.7 * unit} ${top + 0.2 * unit} ${x - 0.3 * unit} ${top + 0.12 * unit} Q${x} ${top + 0.42 * unit} ${x + 0.3 * unit} ${top + 0.12 * unit} C${x + 0.7 * unit} ${top + 0.2 * unit} ${x + 1.25 * unit} ${top + 0.35 * unit} ${x + 1.25 * unit} 720 Z" fill="${clothes[train.subjects[row] % clothes.length]}"/>`;
  return neck + body;
}

/** A photo of some faces before a place, as a pipeline of sharp. */
async function photo(rows, place) {
  const pixels = [470, 390, 310][rows.length - 1];
  const tones = place.tones.map(rgb);
  const spots = rows.map((row, i) => ({ row, x: ((i + 0.5) * width) / rows.length, y: 330 + (rows.length > 1 ? 40 * (i % 2) : 0) }));
  const bodies = spots.map(({ row, x, y }) => shoulders(x, y, pixels, row, tones)).join("");
  const ground = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${place.sky}"/>${place.scene}${bodies}</svg>`;
  const heads = await Promise.all(
    spots.map(async ({ row, x, y }) => ({
      input: await head(row, tones, pixels),
      left: Math.round(x - pixels / 2),
      top: Math.round(y - pixels / 2),
    })),
  );
  return sharp(Buffer.from(ground)).composite(heads);
}

/** Whether the model names a face as it was drawn, alone in the garden. */
async function namedRightly(row, reader) {
  const { data, info } = await (await photo([row], places[1])).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const faces = await reader.read({ data, width: info.width, height: info.height });
  if (faces.length !== 1) return false;
  const [answer] = reader.model.classify(new Embeddings(faces[0].embedding, reader.model.dimensions));
  const likeliest = answer.distribution.indexOf(Math.max(...answer.distribution));
  return reader.model.classes[likeliest] === train.classes[train.labels[row]];
}

async function rightlyNamed() {
  const reader = await openNodeReader();
  const named = [];
  for (const row of train.labels.keys()) if (await namedRightly(row, reader)) named.push(row);
  await reader.close();
  return named;
}

const named = any ? [...train.labels.keys()] : await rightlyNamed();

/** Rows class by class, as albums have them: mostly happy and neutral looks. */
const wanted = ["happiness", "neutral", "happiness", "surprise", "happiness", "neutral", "sadness", "happiness", "neutral", "surprise"];
const rowsOf = new Map(train.classes.map((name, c) => [name, named.filter((row) => train.labels[row] === c)]));
let next = 0;
function nextRow() {
  const rows = rowsOf.get(wanted[next % wanted.length]);
  return rows[(7 * next++) % rows.length];
}

if (!any) console.log(Object.fromEntries([...rowsOf].map(([name, rows]) => [name, rows.length])));
mkdirSync(folder, { recursive: true });
for (let i = 0; i < 60; i++) {
  const place = places[Math.floor(i / 12)];
  const rows = Array.from({ length: [1, 2, 3, 1, 2, 3][i % 6] }, nextRow);
  const minutes = String((i % 12) * 4).padStart(2, "0");
  const name = `${place.name}-${String((i % 12) + 1).padStart(2, "0")}.jpg`;
  const taken = `2024:07:0${1 + Math.floor(i / 12)} 1${i % 8}:${minutes}:00`;
  const picture = await photo(rows, place);
  await picture
    .withExif({ IFD2: { DateTimeOriginal: taken } })
    .jpeg({ quality: 90 })
    .toFile(join(folder, name));
}
