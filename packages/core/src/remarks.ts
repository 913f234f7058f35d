/** What says remarks: a terminal. */
export interface Hearer {
  readonly note: (line: string) => void;
}

/** Where remarks go while a command runs; programs that call the same functions hear none. */
let hearer: Hearer | undefined;
const said = new Set<string>();

/** Lets a command's terminal hear remarks until it ends, each of them once. */
export async function hearingRemarks<T>(terminal: Hearer, work: () => Promise<T>): Promise<T> {
  hearer = terminal;
  said.clear();
  try {
    return await work();
  } finally {
    hearer = undefined;
  }
}

/** Something that the person at the terminal should know, though no answer depends on it: one line, once. */
export function remark(line: string): void {
  if (hearer === undefined || said.has(line)) return;
  said.add(line);
  hearer.note(line);
}
