import { useEffect, useSyncExternalStore } from "react";
import { startHome } from "./home.ts";
import { keys, queryClient } from "./query-client.ts";
import type { AppEvent } from "./transport.ts";

export type Connection = "here" | "away" | "stranger";

let connection: Connection = "here";
const onConnection = new Set<() => void>();
const listeners = new Set<(event: AppEvent) => void>();

function meet(event: AppEvent): void {
  if (event.type === "connection") {
    const wasGone = connection !== "here";
    connection = event.state;
    for (const listener of onConnection) listener();
    if (wasGone && event.state === "here") void queryClient.invalidateQueries(); // what was missed is asked again
  }
  if (event.type === "revision") {
    void queryClient.invalidateQueries({ queryKey: ["library"] });
    void queryClient.invalidateQueries({ queryKey: keys.documents });
  }
  if (event.type === "job") void queryClient.invalidateQueries({ queryKey: keys.jobs });
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
