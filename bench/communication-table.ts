/** The tables of docs/how-to/train-on-several-machines.md: what communication took here, and what it would take elsewhere. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { communicationSeconds, efficiency, fittedLatency, type Handed, type Link } from "./communication-model.ts";

interface Measured {
  readonly parameters: number;
  readonly channels: readonly number[];
  readonly batch: number;
  readonly dimensions: number;
  readonly machine: string;
  readonly sums: readonly { readonly ranks: number; readonly bytes: number; readonly seconds: number }[];
  readonly steps: readonly {
    readonly ranks: number;
    readonly seconds: number;
    readonly waited: number;
    readonly bytes: number;
    readonly collectives: number;
  }[];
}

/** Assumed: what cable and switch add to the software's own time, and the share of a link's bits that are ours. */
const wire = 20e-6;
const useful = 0.9;
const links = [1, 10, 25, 100];
const nodes = [2, 4, 8, 16, 32, 64];

/** Rows of the steps that were measured, and rows computed for nodes of some speed. */
export function communicationTables(folder = resolve(import.meta.dirname, "results")): Readonly<Record<string, string>> {
  const path = resolve(folder, "communication.json");
  if (!existsSync(path)) return { communication: "", "communication-here": "" };
  const measured = JSON.parse(readFileSync(path, "utf8")) as Measured;
  return { "communication-here": tableOfSteps(measured), communication: tableOfNodes(measured) };
}

function tableOfSteps(measured: Measured): string {
  const loopback = loopbackOf(measured);
  const rows = measured.steps.map(({ ranks, seconds, waited, bytes, collectives }) => [
    String(ranks),
    `${seconds.toFixed(2)} s`,
    `${(bytes / 2 ** 20).toFixed(1)} MiB in ${Math.round(collectives)}`,
    `${waited.toFixed(2)} s`,
    `${communicationSeconds(ranks, handedOf(measured, measured.batch), loopback).all.toFixed(2)} s`,
  ]);
  return markdown(["processes", "a step, measured", "handed over, measured", "of it waiting, measured", "communication, computed"], rows);
}

function tableOfNodes(measured: Measured): string {
  const own = (measured.steps[0]?.seconds ?? 0) / 2; // two cores
  const kinds = [
    { name: "two cores, as here", seconds: own, from: "measured" },
    { name: "32 cores", seconds: own / 16, from: "computed: 16 times as fast" },
    { name: "an H200", seconds: measured.batch / 12_400, from: "measured: 12,400 faces/s" },
  ];
  const rows = kinds.flatMap(({ name, seconds, from }) =>
    links.map((gigabits, i) => {
      const link = linkOf(measured, gigabits);
      const shares = nodes.map((count) => {
        const { all } = communicationSeconds(count, handedOf(measured, measured.batch * count), link);
        return `${Math.round(100 * efficiency(seconds, all))} %`;
      });
      return [i === 0 ? name : "", i === 0 ? `${(1000 * seconds).toFixed(0)} ms, ${from}` : "", `${gigabits} Gbit/s`, ...shares];
    }),
  );
  return markdown(["a node", "its step of 240 faces", "network", ...nodes.map((count) => `${count} nodes`)], rows);
}

/** What a step hands over whose batch has so many faces. */
function handedOf({ parameters, channels, dimensions }: Measured, faces: number): Handed {
  const sums = 2 * channels.length + 2; // forwards and backwards; which gradients there are, and whether to go on
  const numbers = channels.reduce((sum, count) => sum + 2 * (2 * count + 1), 0);
  const pieces = Math.ceil(parameters / 2 ** 20);
  return { gradients: 4 * parameters, pieces, sums, sumBytes: (4 * numbers) / sums, embeddings: 4 * dimensions * faces };
}

/** This machine's loopback, as it was measured: the largest sum says how fast, the smallest how late. */
function loopbackOf({ sums }: Measured): Link {
  const least = Math.min(...sums.map(({ bytes }) => bytes));
  const most = Math.max(...sums.map(({ bytes }) => bytes));
  const two = sums.find(({ ranks, bytes }) => ranks === 2 && bytes === most);
  return { bytesPerSecond: two === undefined ? 1 : most / two.seconds, ...fittedLatency(sums.filter(({ bytes }) => bytes === least)) };
}

function linkOf(measured: Measured, gigabits: number): Link {
  const { latency, perRank } = loopbackOf(measured);
  return { bytesPerSecond: (useful * gigabits * 1e9) / 8, latency: latency + wire, perRank };
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, i) => (i === 0 ? "---" : "---:"));
  return [head, rule, ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
