/**
 * The README's row of results: the model that ships beside the paper and the npm packages of the kind, from its card and bench/results.
 *
 *   npm run experiment -- peers
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseOptions } from "../bench/options.ts";
import { markdownTable } from "./markdown.ts";

const root = resolve(import.meta.dirname, "..");

/** What each names of FER+'s test split, how many faces it reads a second, and whose its weights are. */
export function peersTable(): string {
  const card = readFileSync(resolve(root, "models/expression.md"), "utf8");
  const accuracy = /\| accuracy, % \| ([\d.]+) \(([\d.–]+)\) \|/.exec(card);
  if (accuracy === null) throw new Error("models/expression.md: expected a row of accuracy, as `semblant model card` writes it.");
  const photos = JSON.parse(readFileSync(resolve(root, "bench/results/photos-groups.json"), "utf8")) as {
    readonly facesPerSecond: { readonly ours: number; readonly peer: number };
    readonly peer: { readonly version: string };
  };
  return markdownTable(
    ["", "accuracy on FER+", "start", "faces/s", "weights"],
    [
      [
        "**Semblant**, the model that ships",
        `**${accuracy[1]} %** (${accuracy[2]})`,
        "scratch",
        String(Math.round(photos.facesPerSecond.ours)),
        "MIT",
      ],
      ["the paper, by 11 neighbours", "87.6 %", "ImageNet", "", ""],
      [`\`@vladmandic/human\` ${photos.peer.version}`, "none published", "", String(Math.round(photos.facesPerSecond.peer)), "MIT"],
      ["`face-api.js`", "none published", "", "", "MIT"],
    ],
  );
}

if (import.meta.main) {
  parseOptions({ options: {} });
  console.log(peersTable());
}
