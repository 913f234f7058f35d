/**
 * The README's row of results: the model that ships beside the paper, and beside the networks for expressions of the npm packages of the
 * kind, on FER+'s test split. Each is given the same 3,137 faces as they come; contempt, which the packages do not know, counts as wrong.
 * The packages do not say which faces they learned from.
 *
 *   npm install --prefix bench/peers/expressions --ignore-scripts
 *   npm run experiment -- peers --data DIR     # about three minutes
 *   npm run experiment -- peers --table        # the table, from results/, models/ and bench/results
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { bootstrap, Random } from "@semblant/core";
import { readFerPlus } from "@semblant/datasets";
import { parseOptions, refuse } from "../bench/options.ts";
import { machine } from "../bench/result.ts";
import { type Measured, markdownTable } from "./markdown.ts";

const root = resolve(import.meta.dirname, "..");
const file = resolve(import.meta.dirname, "results/peers.json");
const peers = { "face-api": "@vladmandic/face-api", human: "@vladmandic/human" } as const;
type Peer = keyof typeof peers;

interface Result {
  readonly n: number;
  readonly accuracy: Readonly<Record<Peer, Measured & { readonly version: string }>>;
  readonly machine: string;
}

/** What each names of FER+'s test split, how many faces it reads a second, and whose its weights are. */
export function peersTable(): string {
  const card = readFileSync(resolve(root, "models/expression.md"), "utf8");
  const [, own, interval] = /\| accuracy, % \| ([\d.]+) \(([\d.–]+)\) \|/.exec(card) ?? [];
  if (own === undefined) throw new Error("models/expression.md: expected a row of accuracy, as `semblant model card` writes it.");
  const photos = JSON.parse(readFileSync(resolve(root, "bench/results/photos-groups.json"), "utf8")) as {
    readonly facesPerSecond: { readonly ours: number; readonly peer: number };
  };
  const { accuracy } = JSON.parse(readFileSync(file, "utf8")) as Result;
  const speed = { human: String(Math.round(photos.facesPerSecond.peer)), "face-api": "" };
  return markdownTable(
    ["", "accuracy on FER+", "start", "faces/s", "weights"],
    [
      [
        "**Semblant**, the model that ships",
        `**${own} %** (${interval})`,
        "scratch",
        String(Math.round(photos.facesPerSecond.ours)),
        "MIT",
      ],
      ["the paper, by 11 neighbours", "87.6 %", "ImageNet", "", ""],
      ...(Object.keys(peers) as Peer[]).map((name) => {
        const { value, low, high, version } = accuracy[name];
        return [`\`${peers[name]}\` ${version}`, `${value.toFixed(1)} % (${low.toFixed(1)}–${high.toFixed(1)})`, "", speed[name], "MIT"];
      }),
    ],
  );
}

/** Gives every test face to each network and keeps how many it names as FER+ does. */
async function measure(data: string): Promise<void> {
  const folder = resolve(root, "bench/peers/expressions");
  if (!existsSync(resolve(folder, "node_modules"))) {
    refuse("peers: first, npm install --prefix bench/peers/expressions --ignore-scripts");
  }
  const { test, classes } = await readFerPlus(data, { labels: "majority" });
  const { images, labels } = test;
  const pixels = new Uint8Array(images.count * images.width * images.height);
  images.gather([...labels.keys()], pixels);
  const { stdout, status, stderr } = spawnSync(process.execPath, [resolve(folder, "name-faces.mjs"), String(images.width)], {
    input: pixels,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  const said = stdout
    .trim()
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Record<Peer, string>);
  if (said.length !== images.count) throw new Error(`peers: expected ${images.count} answers, but got ${said.length}.`);
  const accuracy = Object.fromEntries(
    (Object.keys(peers) as Peer[]).map((name) => {
      const right = said.map((answer, row) => Number(answer[name] === classes[labels[row] as number]));
      const share = (rows: Int32Array) => ({ accuracy: (100 * rows.reduce((sum, row) => sum + (right[row] as number), 0)) / rows.length });
      const { version } = JSON.parse(readFileSync(resolve(folder, "node_modules", peers[name], "package.json"), "utf8")) as {
        version: string;
      };
      return [name, { ...(bootstrap(right.length, share, { random: new Random(0) }).accuracy as Measured), version }];
    }),
  );
  writeFileSync(file, `${JSON.stringify({ n: images.count, accuracy, machine: machine() }, undefined, 2)}\n`);
}

if (import.meta.main) {
  const { values } = parseOptions({ options: { data: { type: "string" }, table: { type: "boolean", default: false } } });
  if (!values.table) {
    if (values.data === undefined) refuse("peers: expected --data, a folder of FER+.");
    await measure(values.data as string);
  }
  console.log(peersTable());
}
