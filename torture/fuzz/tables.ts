import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { damaged, damagedText } from "../damage.ts";
import type { Kind } from "./kind.ts";

/** Damaged tables of labels, and exported arrays. */
export const tableKinds: readonly Kind[] = [
  ...["fer2013.csv", "fer2013new.csv"].map(
    (name): Kind => ({
      name,
      parts: ["ferPlus"],
      make({ stock, folder, random }) {
        for (const file of readdirSync(stock.ferPlus)) if (file.endsWith(".csv")) cpSync(join(stock.ferPlus, file), join(folder, file));
        writeFileSync(join(folder, name), damagedText(readFileSync(join(folder, name), "utf8"), random));
        return { args: ["data", "inspect", folder, "-q"] };
      },
    }),
  ),
  {
    name: "labels.csv",
    parts: ["table"],
    make({ stock, folder, random }) {
      cpSync(stock.table, folder, { recursive: true });
      writeFileSync(join(folder, "labels.csv"), damagedText(readFileSync(join(folder, "labels.csv"), "utf8"), random));
      return { args: ["data", "inspect", folder, "-q"] };
    },
  },
  {
    name: "labelled image",
    parts: ["table"],
    make({ stock, folder, random }) {
      cpSync(stock.table, folder, { recursive: true });
      const path = join(folder, "images", `${random.integer(16)}.png`);
      writeFileSync(path, damaged(readFileSync(path), random));
      return { args: ["data", "inspect", folder, "-q"] };
    },
  },
  ...["faces.npy", "faces.parquet", "faces.tsv"].map(
    (name): Kind => ({
      name,
      parts: ["arrays"],
      make({ stock, folder, random }) {
        const path = join(folder, name);
        const bytes = readFileSync(join(stock.arrays, name));
        writeFileSync(path, name.endsWith(".tsv") ? damagedText(bytes.toString("utf8"), random) : damaged(bytes, random));
        const asked = [
          ["cluster", path, "-q"],
          ["map", path, "--out", join(folder, "map.svg"), "-q"],
        ];
        return { args: asked[random.integer(asked.length)] as string[] };
      },
    }),
  ),
];
