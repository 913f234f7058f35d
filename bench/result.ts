/** What a comparison leaves behind: one JSON object in bench/results. */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { resolve } from "node:path";
import { commit } from "./commit.ts";

export interface Comparison {
  readonly name: string;
  readonly ours: { readonly value: number; readonly unit: string };
  readonly peer: { readonly name: string; readonly version: string; readonly value: number };
  /** Above 1 where ours is better. */
  readonly ratio: number;
  readonly [more: string]: unknown;
}

export function record(comparison: Comparison): void {
  const folder = resolve(import.meta.dirname, "results");
  mkdirSync(folder, { recursive: true });
  const full = { ...comparison, machine: machine(), load: loadavg()[0], commit: commit() };
  writeFileSync(resolve(folder, `${comparison.name}.json`), `${JSON.stringify(full, null, 2)}\n`);
  const { ours, peer, ratio } = comparison;
  console.log(
    `${comparison.name}: ours ${round(ours.value)} ${ours.unit}, ${peer.name} ${peer.version} ${round(peer.value)}, ratio ${round(ratio)}`,
  );
}

export function machine(): string {
  return `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}`;
}

const round = (x: number) => Number(x.toPrecision(4));
