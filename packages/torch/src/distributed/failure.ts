import type { GroupFacts } from "./group-facts.ts";
import { told } from "./told.ts";

export function wordsOf({ size, timeLimit }: GroupFacts, why: string): string {
  const silent = /timed? ?out/i.test(why);
  const what = silent
    ? `an answer of all ${size} ranks within ${told(timeLimit)}, but one gave none`
    : `all ${size} ranks, but one is gone`;
  return `process group: expected ${what}.\n  The same command goes on from the last checkpoint, also with another number of workers.`;
}
