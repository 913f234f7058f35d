import type { Job } from "@semblant/api";
import { useEffect, useSyncExternalStore } from "react";
import { startHome } from "./home.ts";
import { keys, queryClient } from "./query-client.ts";
import type { About } from "./shapes.ts";
import type { AppEvent } from "./transport.ts";

export type Connection = "here" | "away" | "stranger";

let connection: Connection = "here";
const onConnection = new Set<() => void>();
const listeners = new Set<(event: AppEvent) => void>();

let revision: number | undefined;
let isReading = false;
let waiting: ReturnType<typeof setTimeout> | undefined;

/** Asks again for what a screen shows: soon; while each photo that is read changes the library, less often the larger it is. */
function changed(to: number): void {
  const about = queryClient.getQueryData<About>(keys.about);
  const known = revision ?? about?.revision;
  const photos = about?.photos ?? 0;
  const isFirst = revision === undefined && (known === undefined || known === to);
  revision = to;
  if (isFirst || known === to) return;
  waiting ??= setTimeout(askAgain, isReading ? 1000 + photos / 10 : 200);
}

function askAgain(): void {
  clearTimeout(waiting);
  waiting = undefined;
  void queryClient.invalidateQueries({ queryKey: ["library"] });
}

/** A job as it is now, in place of how it was. */
function take(job: Job): void {
  isReading = job.state === "running";
  if (!isReading && waiting !== undefined) askAgain();
  const jobs = queryClient.getQueryData<readonly Job[]>(keys.jobs);
  if (jobs === undefined) return;
  queryClient.setQueryData(
    keys.jobs,
    [job, ...jobs.filter(({ id }) => id !== job.id)].sort((one, other) => other.id - one.id),
  );
}

function meet(event: AppEvent): void {
  if (event.type === "connection") {
    const wasGone = connection !== "here";
    connection = event.state;
    for (const listener of onConnection) listener();
    if (wasGone && event.state === "here") void queryClient.invalidateQueries(); // what was missed is asked again
  }
  if (event.type === "revision") changed(event.revision);
  if (event.type === "document") void queryClient.invalidateQueries({ queryKey: keys.document(event.name) });
  if (event.type === "job") take(event.job);
  for (const listener of listeners) listener(event);
}

/** Starts to listen to the home, for as long as the page is open. */
export function useEvents(): void {
  useEffect(() => {
    let stop: (() => void) | undefined;
    let over = false;
    startHome()
      .then((transport) => {
        if (!over) stop = transport.watch(meet);
      })
      .catch(() => meet({ type: "connection", state: "away" }));
    return () => {
      over = true;
      stop?.();
    };
  }, []);
}

/** Hears each event, as a screen that shows progress does. */
export function useEvent(listener: (event: AppEvent) => void): void {
  useEffect(() => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, [listener]);
}

/** Whether the home can be reached. */
export function useConnection(): Connection {
  return useSyncExternalStore(
    (changed) => {
      onConnection.add(changed);
      return () => void onConnection.delete(changed);
    },
    () => connection,
  );
}
