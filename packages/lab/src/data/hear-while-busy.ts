import { watchInterruption } from "@semblant/torch/internals";

/** Hears signals while JavaScript is busy, as in reading, building and a step: Node tells a listener only when the event loop turns. */
export interface BusyListener {
  hearWhileBusy(watch: typeof watchInterruption): void;
}

/** The one that listens; a process has one way to treat its signals. */
let listening: BusyListener | undefined;

/** Says who is to hear signals while work holds the event loop; undefined for nobody. */
export function listenWhileBusy(listener: BusyListener | undefined): void {
  listening = listener;
}

/** Called before work that holds the event loop, once options are known to be right: libtorch's binding hears what Node cannot. */
export async function hearWhileBusy(): Promise<void> {
  if (listening === undefined) return;
  listening.hearWhileBusy(watchInterruption);
  await new Promise((served) => setImmediate(served)); // a signal that came while it was loaded is Node's to tell
}
