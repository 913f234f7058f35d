import { describe, expect, it } from "vitest";
import { assumed } from "../bench/sizes/assumed.ts";
import { fileSize } from "../bench/sizes/file-library.ts";
import { flow, indexing, secondsPerPhoto } from "../bench/sizes/indexing.ts";
import type { Measured } from "../bench/sizes/measured.ts";
import { serverSize } from "../bench/sizes/server-library.ts";
import { sizeTables } from "../bench/sizes/tables.ts";
import { trainingTime } from "../bench/sizes/training.ts";
import { bytes, hours, milliseconds } from "../bench/sizes/words.ts";

const server = {
  faces: 1e5,
  exact: 20,
  approximate: 2,
  recall: 0.99,
  tables: 2e8,
  index: 2 ** 30 / 20,
  indexSeconds: 36,
  cores: 2,
  photosPerSecond: 100,
};
const measured: Measured = {
  files: [
    { faces: 1e5, exact: 2, approximate: 1, file: 1e8, index: 1e7, memory: 2e8 },
    { faces: 1e6, exact: 20, approximate: 10, file: 1e9, index: 1e8, memory: 1.1e9 },
  ],
  reading: [
    { faces: 5e4, seconds: 2, mib: 300 },
    { faces: 1e5, seconds: 4, mib: 500 },
  ],
  photos: [
    { facesPerPhoto: 21, coreSecondsPerPhoto: 0.5 },
    { facesPerPhoto: 1, coreSecondsPerPhoto: 0.1 },
  ],
  server,
};
const sizes = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

describe("what a size takes", () => {
  it("is what was measured, where it was", () => {
    expect(fileSize(1e6, measured)).toMatchObject({ exact: 20, approximate: 10, disk: 1.1e9, memory: 1.1e9, searchMeasured: true });
    expect(fileSize(1e5, measured)).toMatchObject({ readSeconds: 4, readMemory: 500 * 2 ** 20, readMeasured: true });
    expect(serverSize(1e5, server, assumed)).toMatchObject({ exact: 20, approximate: 2, servers: 1, measured: true });
  });

  it("grows in a file as the faces do, approximate search by the power that was measured, memory by its slope", () => {
    const size = fileSize(1e7, measured);
    expect(size).toMatchObject({ exact: 200, disk: 1.1e10, readSeconds: 400, searchMeasured: false });
    expect(size.approximate).toBeCloseTo(100, 6);
    expect(size.memory).toBeCloseTo(1.1e9 + 9e6 * 1e3, -3);
  });

  it("grows on servers by what their memory holds: 1.5 times the graph, in powers of two", () => {
    // A graph of 100,000 faces has 1/20 GiB: a hundred million have 50 GiB, a billion 500 GiB, on three servers.
    expect(serverSize(1e8, server, assumed)).toMatchObject({ servers: 1, memoryEach: 128, coresEach: 16, exact: 20_000 });
    const most = serverSize(1e9, server, assumed);
    expect(most).toMatchObject({ servers: 3, memoryEach: 256, coresEach: 32 });
    expect(most.exact).toBeCloseTo((20 * 1e9) / 3 / 1e5, 6);
    // 32 cores at 0.04 with 128 GiB, and 128 GiB more at 0.005; the disk has twice the rows and the graph.
    const disk = ((2 * (2e8 + 2 ** 30 / 20) * 1e9) / 3 / 1e5 / 1e9) * 0.1;
    expect(most.perMonth).toBeCloseTo(3 * (730 * (32 * 0.04 + 128 * 0.005) + disk), 6);
  });

  it("of an index is what a photo takes and what each face in it adds, as two kinds of photos say", () => {
    expect(secondsPerPhoto(measured, 1)).toBeCloseTo(0.1, 9);
    expect(secondsPerPhoto(measured, 3)).toBeCloseTo(0.14, 9);
    const found = indexing(7.2e6, [1, 100], { measured, assumed });
    expect(found.coreHours).toBeCloseTo(120, 9); // 3.6 million photos of 0.12 s
    expect(found.hours[100]).toBeCloseTo(1.2, 9);
    expect(found.price).toBeCloseTo(4.8, 9);
    // 100 cores read 833 photos a second; 16 cores of a server take 800 of them.
    const { read, taken } = flow({ reading: 100, serving: 16 }, measured, assumed);
    expect([read, taken]).toEqual([expect.closeTo(833.33, 1), 800]);
  });

  it("of a training is its faces by those a second, of all nodes, less what communication takes", () => {
    const kind = { name: "32 cores", cores: 32, seconds: 0.5, from: "", share: (count: number) => (count === 1 ? 1 : 0.8) };
    const by = { batch: 100, assumed };
    const alone = trainingTime(7.2e5, { nodes: 1, network: 10, kind }, by); // 200 faces a second
    expect(alone.hours).toBeCloseTo(1, 9);
    expect(alone.price).toBeCloseTo(32 * 0.04, 9);
    const together = trainingTime(7.2e5, { nodes: 4, network: 10, kind }, by);
    expect(together.hours).toBeCloseTo(1 / 3.2, 9);
    expect(together.price).toBeCloseTo((4 * 32 * 0.04) / 3.2, 9);
    expect(trainingTime(7.2e5, { nodes: 1, network: 10, kind: { ...kind, cores: 0 } }, by).price).toBeCloseTo(3.5, 9);
  });

  it("never falls with more faces", () => {
    const of = sizes.map((n) => ({
      ...fileSize(n, measured),
      ...serverSize(n, server, assumed),
      ...indexing(n, [1], { measured, assumed }),
    }));
    for (const name of ["disk", "memory", "readMemory", "index", "servers", "perMonth", "coreHours", "price"] as const) {
      const values = of.map((one) => one[name] as number);
      expect([name, values]).toEqual([name, values.toSorted((a, b) => a - b)]);
    }
  });
});

describe("the tables of sizes", () => {
  it("say of each row whether it was measured", () => {
    const tables = sizeTables(measured, assumed);
    const last = (name: string) =>
      tables[name]
        ?.split("\n")
        .slice(2)
        .map((row) => row.split(" | ").at(-1)?.replace(" |", ""));
    expect(last("sizes-file")).toEqual(["computed", "computed", "measured", "search measured", "computed"]);
    expect(last("sizes-server")).toEqual(["search measured", "computed", "computed", "computed", "computed"]);
    expect(sizeTables({ ...measured, server: undefined }, assumed)["sizes-server"]).toBeUndefined();
    const steps = [{ ranks: 1, seconds: 1.3, waited: 0, bytes: 0, collectives: 0 }];
    const sums = [2, 3].flatMap((ranks) => [
      { ranks, bytes: 4096, seconds: 1e-4 },
      { ranks, bytes: 4e7, seconds: 0.02 },
    ]);
    const communication = { parameters: 1e7, channels: [64, 128], batch: 240, dimensions: 64, machine: "", sums, steps };
    const training = sizeTables(measured, assumed, communication)["sizes-training"]?.split("\n") ?? [];
    expect(training[2]).toMatch(/^\| 25,045 \| 18 min: under 0\.1 \| /); // 400,720 faces at 369 a second
    expect(training).toHaveLength(6);
  });

  it("are written in two digits", () => {
    expect([bytes(1.4e9), bytes(160e6), bytes(999), bytes(5.5e14)]).toEqual(["1.4 GB", "160 MB", "1,000 bytes", "550 TB"]);
    expect([milliseconds(0.29), milliseconds(34), milliseconds(24_000)]).toEqual(["0.29 ms", "34 ms", "24 s"]);
    expect([hours(0.001), hours(0.5), hours(19), hours(24 * 50), hours(24 * 365 * 2)]).toEqual([
      "under 1 min",
      "30 min",
      "19 h",
      "50 days",
      "2 years",
    ]);
  });
});
