import { EngineError } from "@semblant/core";
import type { GroupFacts } from "./group-facts.ts";
import { callRoll } from "./roll-call.ts";
import type { KeyStore } from "./store.ts";
import { told, toldRanks } from "./told.ts";

/** Whether c10d or Gloo says that it waited in vain. */
const isTimeout = (why: string): boolean => /timed? ?out|timeout/i.test(why);

/** What c10d reported, as an error that names the ranks. Takes up to some seconds: it is asked who is still there. */
export function groupFailure(facts: GroupFacts, store: KeyStore, cause: unknown): EngineError {
  const why = (cause as Error).message;
  const { gone, busy, left, waited } = callRoll(facts, store, isTimeout(why));
  const reasons = [...left].filter(([, because]) => because !== "");
  const answer = `an answer of all ${facts.size} ranks within ${told(facts.timeLimit)}`;
  const say = (expected: string, got: string, hint: string) =>
    new EngineError(`process group: expected ${expected}, but ${got}.\n  ${hint}`, { cause });
  const first = reasons[0];
  if (first !== undefined) return say(`all ${facts.size} ranks to go on`, `rank ${first[0]} stopped`, `It said: ${first[1]}`);
  if (gone.length > 0) {
    const many = gone.length > 1;
    if (waited)
      return say(answer, `${toldRanks(gone)} gave none`, `${many ? "They" : "It"} may have ended or be stopped, or the network be cut.`);
    return say(`all ${facts.size} ranks`, `${toldRanks(gone)} ${many ? "are" : "is"} gone`, "What was written there last says why.");
  }
  if (left.size > 0)
    return say(
      `all ${facts.size} ranks to go on`,
      `${toldRanks([...left.keys()])} left the group`,
      "All ranks have to take the same steps.",
    );
  if (busy.length > 0 && waited)
    return say(answer, `${toldRanks(busy)} did something else`, "A longer time limit helps where one rank has more to do than others.");
  return say(`all ${facts.size} ranks to work together`, "their connections broke", `c10d says: ${why}`);
}
