import type { RankEnd, RankProcess } from "./rank-process.ts";

/** Milliseconds until a rank is ended that goes on when another failed. Once there are steps rank 0 has more: it says how to go on. */
const patience = { rank0: 60_000, others: 5_000 };

/**
 * Waits for all. The first that fails gives the others some time, to notice and to say why; who is not gone by then is ended.
 * Before the first step there is nothing to save. A rank that reads, or waits for the others to have read, does not notice who was killed:
 * then all are ended at once.
 *
 * @param stopped whether a person stopped them, which they say themselves
 */
export async function endsOf(ranks: readonly RankProcess[], stopped: () => boolean): Promise<RankEnd[]> {
  const timers: NodeJS.Timeout[] = [];
  const ends: RankEnd[] = [];
  await Promise.all(
    ranks.map(async ({ ended }) => {
      const end = await ended;
      ends.push(end); // in the order in which they ended
      if (end.status === 0 || ends.some((other) => other !== end && other.status !== 0)) return;
      const begun = ranks.some(({ news }) => news().run !== undefined);
      const atOnce = !begun && end.signal !== null && !stopped();
      for (const { rank, kill } of ranks) {
        if (atOnce) kill("SIGKILL");
        else timers.push(setTimeout(kill, begun && rank === 0 ? patience.rank0 : patience.others, "SIGKILL"));
      }
    }),
  );
  timers.forEach(clearTimeout);
  return ends;
}
