/** What a comparison leaves behind: one JSON object in bench/results. */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { resolve } from "node:path";
import { commit } from "./commit.ts";
import type { Compared } from "./interleave.ts";

export interface Comparison {
  readonly name: string;
  readonly ours: { readonly value: number; readonly unit: string };
  readonly peer: { readonly name: string; readonly version: string; readonly value: number };
  /** Above 1 where ours is better. */
  readonly ratio: number;
  /** All that ours was compared with; `peer` is the fastest of them. */
  readonly peers?: readonly PeerRow[];
  readonly [more: string]: unknown;
}

/** A peer in one way of using it. */
export interface PeerRow {
  readonly name: string;
  readonly version: string;
  /** How it was used: "as installed", or what makes it faster. */
  readonly how: string;
  readonly value: number;
  readonly ratio: number;
  readonly spread: readonly [number, number];
  /** The same of processor time. */
  readonly processorRatio: number;
}
export type PeerName = Pick<PeerRow, "name" | "version" | "how">;

/** The form of a result that {@link Compared} gives: in units of work per second, and the fastest peer first of all. */
export function comparisonOf(
  { name, unit, work }: { readonly name: string; readonly unit: string; readonly work: number },
  { ours, beside }: Compared,
  names: readonly PeerName[],
): Comparison {
  const peers = beside.map(({ seconds, ratio, spread: [least, most], processorRatio }, i): PeerRow => {
    return {
      ...(names[i] as PeerName),
      value: round(work / seconds),
      ratio: round(ratio),
      spread: [round(least), round(most)],
      processorRatio: round(processorRatio),
    };
  });
  const best = peers.reduce((fastest, one) => (one.ratio < fastest.ratio ? one : fastest));
  return {
    name,
    ours: { value: round(work / ours.seconds), unit },
    peer: { name: best.name, version: best.version, value: best.value },
    ratio: best.ratio,
    processorSeconds: round(ours.processor),
    peakMiB: { ours: ours.peakMiB, theirs: beside.map(({ peakMiB }) => peakMiB) },
    peers,
  };
}

export function record(comparison: Comparison): void {
  const folder = resolve(import.meta.dirname, "results");
  mkdirSync(folder, { recursive: true });
  const full = { ...comparison, machine: machine(), load: loadavg()[0], commit: commit() };
  writeFileSync(resolve(folder, `${comparison.name}.json`), `${JSON.stringify(full, null, 2)}\n`);
  const { name, ours, peer, ratio, peers } = comparison;
  if (peers === undefined) {
    console.log(
      `${name}: ours ${round(ours.value)} ${ours.unit}, ${peer.name} ${peer.version} ${round(peer.value)}, ratio ${round(ratio)}`,
    );
    return;
  }
  console.log(`${name}: ours ${round(ours.value)} ${ours.unit}`);
  for (const { name, version, how, value, ratio, spread, processorRatio } of peers) {
    console.log(`  ${name} ${version}, ${how}: ${value}; ratio ${ratio} (${spread.join(" to ")}), of processor time ${processorRatio}`);
  }
}

export function machine(): string {
  return `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}`;
}

const round = (x: number) => Number(x.toPrecision(4));
