import type { Measured } from "./measured.ts";

/** What a library of so many faces takes as a file of SQLite. */
export interface FileSize {
  readonly faces: number;
  /** Bytes of the file and of the index beside it, and of the process that searches. */
  readonly disk: number;
  readonly memory: number;
  /** Milliseconds of a search, half of them below. */
  readonly exact: number;
  readonly approximate: number;
  /** Seconds and bytes of a question that reads every face, as `best`. */
  readonly readSeconds: number;
  readonly readMemory: number;
  readonly searchMeasured: boolean;
  readonly readMeasured: boolean;
}

/**
 * Measured where this number of faces was measured. Else computed: bytes and exact search grow as the faces do; approximate search grows
 * by a power, which the two libraries that were measured give; below the smallest that was measured, its figures are an upper bound.
 */
export function fileSize(faces: number, { files, reading }: Measured): FileSize {
  const [small, large] = [files[0], files.at(-1)];
  if (small === undefined || large === undefined || small === large) throw new Error("sizes: expected search-100000 and search-1000000");
  const own = files.find((one) => one.faces === faces);
  const share = faces / large.faces;
  const growth = Math.log(large.approximate / small.approximate) / Math.log(large.faces / small.faces);
  const perFace = (large.memory - small.memory) / (large.faces - small.faces);
  const search = own ?? {
    exact: Math.max(large.exact * share, 0.1),
    approximate: faces < small.faces ? small.approximate : large.approximate * share ** growth,
    file: large.file * share,
    index: large.index * share,
    memory: large.memory + perFace * (faces - large.faces),
  };
  const [first, last] = [reading[0], reading.at(-1)];
  if (first === undefined || last === undefined) throw new Error("sizes: expected questions-100000");
  const asked = reading.find((one) => one.faces === faces);
  const mibPerFace = (last.mib - first.mib) / (last.faces - first.faces);
  return {
    faces,
    disk: search.file + search.index,
    memory: search.memory,
    exact: search.exact,
    approximate: search.approximate,
    readSeconds: asked?.seconds ?? Math.max(0.5, (last.seconds * faces) / last.faces),
    readMemory: (asked?.mib ?? last.mib + mibPerFace * (faces - last.faces)) * 2 ** 20,
    searchMeasured: own !== undefined,
    readMeasured: asked !== undefined,
  };
}
