/** The tables of docs/how-to/train-on-several-machines.md: what communication took here, and what it would take elsewhere. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { communicationSeconds, efficiency, fittedLatency, type Handed, type Link } from "./communication-model.ts";

/** What was measured of it, in bench/results/communication.json. */
export interface CommunicationMeasured {
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

/** Undefined where nothing was measured yet. */
export function readCommunication(folder = resolve(import.meta.dirname, "results")): CommunicationMeasured | undefined {
  const path = resolve(folder, "communication.json");
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as CommunicationMeasured) : undefined;
}

/** Rows of the steps that were measured, and rows computed for nodes of some speed. */
export function communicationTables(folder = resolve(import.meta.dirname, "results")): Readonly<Record<string, string>> {
  const measured = readCommunication(folder);
  if (measured === undefined) return { communication: "", "communication-here": "" };
  return { "communication-here": tableOfSteps(measured), communication: tableOfNodes(measured) };
}

/** A kind of machine that trains. */
export interface NodeKind {
  readonly name: string;
  /** Of its processor; 0 where a GPU does the work. */
  readonly cores: number;
  /** Of a step whose batch is that which was measured. */
  readonly seconds: number;
  readonly from: string;
  /** The part of a step that is left for computing where so many share a batch of as many faces each. */
  share(count: number, gigabits: number): number;
}

export function nodeKinds(measured: CommunicationMeasured): readonly NodeKind[] {
  const own = (measured.steps[0]?.seconds ?? 0) / 2; // two cores
  const kinds = [
    { name: "two cores, as here", cores: 2, seconds: own, from: "computed: half of one core's, which is measured" },
    { name: "32 cores", cores: 32, seconds: own / 16, from: "computed: 16 times as fast" },
    { name: "an H200", cores: 0, seconds: measured.batch / 12_400, from: "measured: 12,400 faces/s" },
  ];
  return kinds.map((kind) => ({
    ...kind,
    share(count, gigabits) {
      const { all } = communicationSeconds(count, handedOf(measured, measured.batch * count), linkOf(measured, gigabits));
      return efficiency(kind.seconds, all);
    },
  }));
}

function tableOfSteps(measured: CommunicationMeasured): string {
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

function tableOfNodes(measured: CommunicationMeasured): string {
  const rows = nodeKinds(measured).flatMap(({ name, seconds, from, share }) =>
    links.map((gigabits, i) => {
      const shares = nodes.map((count) => `${Math.round(100 * share(count, gigabits))} %`);
      return [i === 0 ? name : "", i === 0 ? `${(1000 * seconds).toFixed(0)} ms, ${from}` : "", `${gigabits} Gbit/s`, ...shares];
    }),
  );
  return markdown(["a node", "its step of 240 faces", "network", ...nodes.map((count) => `${count} nodes`)], rows);
}

/** What a step hands over whose batch has so many faces. */
function handedOf({ parameters, channels, dimensions }: CommunicationMeasured, faces: number): Handed {
  const sums = 2 * channels.length + 2; // forwards and backwards; which gradients there are, and whether to go on
  const numbers = channels.reduce((sum, count) => sum + 2 * (2 * count + 1), 0);
  const pieces = Math.ceil(parameters / 2 ** 20);
  return { gradients: 4 * parameters, pieces, sums, sumBytes: (4 * numbers) / sums, embeddings: 4 * dimensions * faces };
}

/** This machine's loopback, as it was measured: the largest sum says how fast, the smallest how late. */
function loopbackOf({ sums }: CommunicationMeasured): Link {
  const least = Math.min(...sums.map(({ bytes }) => bytes));
  const most = Math.max(...sums.map(({ bytes }) => bytes));
  const two = sums.find(({ ranks, bytes }) => ranks === 2 && bytes === most);
  return { bytesPerSecond: two === undefined ? 1 : most / two.seconds, ...fittedLatency(sums.filter(({ bytes }) => bytes === least)) };
}

function linkOf(measured: CommunicationMeasured, gigabits: number): Link {
  const { latency, perRank } = loopbackOf(measured);
  return { bytesPerSecond: (useful * gigabits * 1e9) / 8, latency: latency + wire, perRank };
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, i) => (i === 0 ? "---" : "---:"));
  return [head, rule, ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
