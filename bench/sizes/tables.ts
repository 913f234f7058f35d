import { type CommunicationMeasured, nodeKinds, readCommunication } from "../communication-table.ts";
import { type Assumed, assumed as usual } from "./assumed.ts";
import { fileSize } from "./file-library.ts";
import { flow, indexing } from "./indexing.ts";
import { type Measured, readMeasured } from "./measured.ts";
import { serverSize } from "./server-library.ts";
import { type Cluster, trainingTime } from "./training.ts";
import { bytes, faces, hours, milliseconds, money, seconds } from "./words.ts";

const ofFiles = [1e3, 1e4, 1e5, 1e6, 1e7];
const ofServers = [1e5, 1e6, 1e7, 1e8, 1e9];
/** Cores that index at the same time: one, this many in a machine, and in 4 and 64 such machines. */
const inMachine = 16;
const cores = [1, inMachine, 4 * inMachine, 64 * inMachine];
/** Faces to learn from, the first FER+'s, and how often each is seen: as often as the preset `best` does. */
const ofTrainings = [25_045, 250_000, 2.5e6, 2.5e7];
const epochs = 16;

/** The tables of docs/explanation/what-to-take-when.md by their marks. */
export function sizeTables(
  measured: Measured = readMeasured(),
  assumed: Assumed = usual,
  communication = readCommunication(),
): Readonly<Record<string, string>> {
  return {
    "sizes-file": fileTable(measured),
    ...(measured.server && { "sizes-server": serverTable(measured, assumed) }),
    "sizes-indexing": indexingTable(measured, assumed),
    ...(communication && { "sizes-training": trainingTable(communication, assumed) }),
  };
}

function fileTable(measured: Measured): string {
  const rows = ofFiles.map((n) => {
    const size = fileSize(n, measured);
    return [
      faces(n),
      bytes(size.disk),
      `${milliseconds(size.exact)}, ${milliseconds(size.approximate)}`,
      bytes(size.memory),
      `${seconds(size.readSeconds)}, ${bytes(size.readMemory)}`,
      from({ search: size.searchMeasured, reading: size.readMeasured }),
    ];
  });
  const head = ["faces", "disk", "search: exact, approximate", "memory for it", "a question of all faces: time, memory", "from"];
  return table(head, rows);
}

function serverTable({ server }: Measured, assumed: Assumed): string {
  if (server === undefined) return "";
  const rows = ofServers.map((n) => {
    const { servers, coresEach, memoryEach, diskEach, ...size } = serverSize(n, server, assumed);
    return [
      faces(n),
      `${servers} × ${coresEach} cores, ${memoryEach} GiB, ${bytes(diskEach)}`,
      bytes(size.index),
      `${milliseconds(size.exact)}, ${milliseconds(size.approximate)}`,
      hours(size.indexHours),
      money(size.perMonth),
      size.measured ? "search measured" : "computed",
    ];
  });
  const head = ["faces", "servers", "graph, in memory", "search: exact, approximate", "the graph is made in", "a month", "from"];
  return table(head, rows);
}

function indexingTable(measured: Measured, assumed: Assumed): string {
  const rows = [...new Set([...ofFiles, ...ofServers])].map((n) => {
    const { photos, coreHours, price, hours: of } = indexing(n, cores, { measured, assumed });
    const times = cores.map((one) => hours(of[one] as number));
    return [faces(n), faces(photos), `${faces(Number(coreHours.toPrecision(2)))} h`, money(price), ...times];
  });
  const machines = cores.map((n) => (n === 1 ? "1 core" : n === inMachine ? `${n} cores` : `${n / inMachine} nodes`));
  const made = table(["faces", "photos", "core hours", "price", ...machines], rows);
  const { read, taken } = flow({ reading: Math.max(...cores), serving: inMachine }, measured, assumed);
  if (taken === undefined) return made;
  const few = (x: number) => faces(Number(x.toPrecision(2)));
  return `${made}\n\n64 nodes read ${few(read)} photos a second. A server of ${inMachine} cores takes ${few(taken)} a second of them.`;
}

function trainingTable(communication: CommunicationMeasured, assumed: Assumed): string {
  const [here, cores, gpu] = nodeKinds(communication);
  if (here === undefined || cores === undefined || gpu === undefined) return "";
  const clusters: readonly (Cluster & { readonly name: string })[] = [
    { name: "two cores", kind: here, nodes: 1, network: 1 },
    { name: "32 cores", kind: cores, nodes: 1, network: 1 },
    { name: "4 × 32 cores, 10 Gbit/s", kind: cores, nodes: 4, network: 10 },
    { name: "64 × 32 cores, 25 Gbit/s", kind: cores, nodes: 64, network: 25 },
    { name: "one H200", kind: gpu, nodes: 1, network: 1 },
    { name: "64 H200, 100 Gbit/s", kind: gpu, nodes: 64, network: 100 },
  ];
  const rows = ofTrainings.map((n) => {
    const times = clusters.map((cluster) => trainingTime(epochs * n, cluster, { batch: communication.batch, assumed }));
    return [faces(n), ...times.map((one) => `${hours(one.hours)}: ${money(one.price)}`)];
  });
  return table(["faces to learn from", ...clusters.map(({ name }) => name)], rows);
}

function from(parts: Readonly<Record<string, boolean>>): string {
  const measured = Object.keys(parts).filter((name) => parts[name]);
  if (measured.length === 0) return "computed";
  return measured.length === Object.keys(parts).length ? "measured" : `${measured.join(", ")} measured`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map((_, i) => (i === 0 ? "---:" : "---")), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
