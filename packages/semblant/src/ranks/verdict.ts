import type { RankEnd } from "./rank-process.ts";

/**
 * Why the ranks ended, where rank 0 did not say so itself; undefined where nothing is to be added.
 *
 * @param ends in the order in which they ended: the first that failed is the cause
 */
export function causeOf(ends: readonly RankEnd[]): string | undefined {
  const first = ends.find(({ status }) => status !== 0);
  if (first === undefined) return undefined;
  const { rank, pid, status, signal, said, news } = first;
  if (signal !== null) {
    const why = signal === "SIGKILL" ? "\n  The system does so where memory runs out: fewer --workers need less." : "";
    return `EngineError: train: rank ${rank} (process ${pid}) was ended by ${signal}.${why}`;
  }
  if (rank === 0 || isStopped(status)) return undefined;
  const words = (news.error ?? said).trim();
  if (words === "") return `EngineError: train: rank ${rank} (process ${pid}) ended with status ${status}.`;
  const told = ends.find((end) => end.rank === 0)?.news.error;
  return told?.includes(firstSentence(words)) ? undefined : `rank ${rank}: ${words}`;
}

/**
 * How the command ends: as rank 0 did, or else the first that failed. And the run to go on with, where rank 0 could not say so any more.
 *
 * @param stopped whether a person stopped it
 */
export function statusOf(ends: readonly RankEnd[], stopped: boolean): { readonly status: number; readonly resumes?: string } {
  const rank0 = ends.find(({ rank }) => rank === 0);
  const failed = rank0?.status === 0 ? ends.find(({ status }) => status !== 0) : rank0;
  if (failed === undefined) return { status: 0 };
  const run = rank0?.signal === null ? undefined : rank0?.news.run;
  return { status: failed.status ?? (stopped ? 130 : 1), ...(run !== undefined && { resumes: run }) };
}

/** Whether a training says by this status that it was stopped, and saved. */
const isStopped = (status: number | null) => status === 130 || status === 143;

/** The first sentence of a complaint, without the name of its class. */
const firstSentence = (words: string) => (words.split("\n", 1)[0] as string).replace(/^\w+Error: /, "");
