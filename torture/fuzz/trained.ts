import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cardOf, readModelCard } from "@semblant/faces";
import { loadRun, openRun } from "@semblant/training";
import { resolveSettings } from "@semblant/training/settings";
import { readConfig } from "../../packages/semblant/src/lab/config.ts";
import { damaged, damagedJson, damagedText } from "../damage.ts";
import type { Kind, Making } from "./kind.ts";

const models = join(import.meta.dirname, "../../models");

/** A run with one of its files damaged. */
function runWith({ stock, folder }: Making, name: string, content: string | Uint8Array): string {
  const run = join(folder, "run");
  mkdirSync(run, { recursive: true });
  for (const file of ["settings.json", "best.safetensors", "last.safetensors", "steps.jsonl"])
    if (file !== name && existsSync(join(stock.run, file))) cpSync(join(stock.run, file), join(run, file));
  writeFileSync(join(run, name), content);
  return run;
}

const embedding = (run: string, folder: string) => ["embed", run, "--out", join(folder, "x.npy"), "-t", "1", "-q"];

/** What trainings leave, damaged: weights, checkpoints, settings, logs; and what they are told. */
export const trainedKinds: readonly Kind[] = [
  ...(["best", "last"] as const).map(
    (which): Kind => ({
      name: `${which}.safetensors`,
      parts: ["run"],
      make(making) {
        const bytes = damaged(readFileSync(join(making.stock.run, `${which}.safetensors`)), making.random);
        const run = runWith(making, `${which}.safetensors`, bytes);
        return { args: [...embedding(run, making.folder), "--weights", which], call: () => void loadRun(run, { which, device: "cpu" }) };
      },
    }),
  ),
  {
    name: "checkpoint header",
    parts: ["run"],
    make(making) {
      const bytes = readFileSync(join(making.stock.run, "best.safetensors"));
      const length = Number(bytes.readBigUInt64LE(0));
      const header = JSON.parse(bytes.toString("utf8", 8, 8 + length)) as { __metadata__?: { state?: string } };
      if (making.random.integer(3) > 0 && header.__metadata__?.state !== undefined)
        header.__metadata__.state = JSON.stringify(damagedJson(JSON.parse(header.__metadata__.state), making.random));
      const text = Buffer.from(JSON.stringify(making.random.integer(2) === 0 ? header : damagedJson(header, making.random)) ?? "null");
      const size = Buffer.alloc(8);
      size.writeBigUInt64LE(BigInt(text.length));
      const run = runWith(making, "best.safetensors", Buffer.concat([size, text, bytes.subarray(8 + length)]));
      return { args: embedding(run, making.folder), call: () => void loadRun(run, { device: "cpu" }) };
    },
  },
  {
    name: "settings.json",
    parts: ["run"],
    make(making) {
      const text = readFileSync(join(making.stock.run, "settings.json"), "utf8");
      const content =
        making.random.integer(2) === 0
          ? damagedText(text, making.random)
          : `${JSON.stringify(damagedJson(JSON.parse(text), making.random))}\n`;
      const run = runWith(making, "settings.json", content);
      return { call: () => void openRun(run).settings };
    },
  },
  {
    name: "steps.jsonl",
    parts: ["run"],
    make(making) {
      const run = runWith(making, "steps.jsonl", damagedText(readFileSync(join(making.stock.run, "steps.jsonl"), "utf8"), making.random));
      return { call: () => openRun(run).steps() };
    },
  },
  {
    name: "settings.yaml",
    parts: ["run"],
    make({ stock, folder, random }) {
      const { settings } = JSON.parse(readFileSync(join(stock.run, "settings.json"), "utf8")) as { settings: Record<string, unknown> };
      const lines = Object.entries(settings).map(([name, value]) => `${name}: ${JSON.stringify(value).replace(/"(\w+)":/g, "$1: ")}`);
      const path = join(folder, "settings.yaml");
      writeFileSync(path, damagedText(`${lines.join("\n")}\n`, random));
      return { call: () => resolveSettings(readConfig(path)) };
    },
  },
  {
    name: "model.onnx",
    parts: [],
    make({ folder, random }) {
      const path = join(folder, "model.onnx");
      writeFileSync(path, damaged(readFileSync(join(models, "expression-small.onnx")), random));
      return { args: ["model", "card", path] };
    },
  },
  {
    name: "model's weights",
    parts: ["formats"],
    make({ stock, folder, random }) {
      const path = join(folder, "model.onnx");
      writeFileSync(path, damaged(readFileSync(join(models, "expression-small.onnx")), random));
      return { args: ["classify", join(stock.formats, "photo.jpg"), "--model", path, "--json", "-q"] };
    },
  },
  {
    name: "model's card",
    parts: [],
    make({ random }) {
      const card = damagedJson(cardOf(readFileSync(join(models, "expression-small.onnx"))), random);
      const text = random.integer(3) === 0 ? new TextDecoder().decode(damagedText(JSON.stringify(card), random)) : JSON.stringify(card);
      return { call: () => readModelCard(text ?? "") };
    },
  },
];
