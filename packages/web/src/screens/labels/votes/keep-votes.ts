import { api } from "../../../client/api.ts";
import { keys, queryClient } from "../../../client/query-client.ts";
import { type Votes, votesIn } from "./votes.ts";

type Change = (votes: Votes) => Votes;

const path = "/documents/votes";
let waiting: Change[] = [];
let writing: Promise<void> | undefined;

const read = (): Promise<unknown> => api<unknown>(path);

/** Writes what waits, on top of what is kept by now: another window may have voted meanwhile. */
async function write(): Promise<void> {
  while (waiting.length > 0) {
    const changes = waiting;
    waiting = [];
    const body = changes.reduce((votes, change) => change(votes), votesIn(await read()));
    await api<void>(path, { method: "PUT", body });
    queryClient.setQueryData(
      keys.document("votes"),
      waiting.reduce<Votes>((votes, change) => change(votes), body),
    );
  }
}

/** Changes the votes: at once on the page, and a moment later in the library. Fails where that fails; the page shows what is kept then. */
export function changeVotes(change: Change): Promise<void> {
  waiting.push(change);
  const queryKey = keys.document("votes");
  // What is being asked for is of before the change, and would hide it again.
  void queryClient.cancelQueries({ queryKey }).then(() => queryClient.setQueryData(queryKey, (before: unknown) => change(votesIn(before))));
  writing ??= write()
    .catch((error: unknown) => {
      waiting = [];
      void queryClient.invalidateQueries({ queryKey: keys.document("votes") });
      throw error;
    })
    .finally(() => {
      writing = undefined;
    });
  return writing;
}
