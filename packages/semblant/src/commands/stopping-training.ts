import { loadTorch } from "../engine.ts";
import { type Interruption, listenForInterruption } from "../terminal/interruption.ts";
import type { Terminal } from "../terminal/terminal.ts";

const unbegun = "Stopped before the first step: there is nothing to be saved.";
const stopping = "Stopping after this step (again to stop at once) ...";

/** The one that listens; a process has one way to treat its signals. */
let listening: Interruption | undefined;

/** Ctrl-C in a command that trains: before the first step it ends the process, afterwards it stops the training after a step. */
export function stoppableTraining(terminal: Terminal): Interruption {
  const interruption = listenForInterruption(
    () => terminal.note(stopping),
    () => terminal.note(unbegun),
    { unbegun: terminal.noted(unbegun), begun: terminal.noted(stopping) },
  );
  listening = interruption;
  return {
    ...interruption,
    release: () => {
      listening = undefined;
      interruption.release();
    },
  };
}

/** Called before work that holds the event loop, once options are known to be right: libtorch's binding hears what Node cannot. */
export async function hearWhileBusy(): Promise<void> {
  if (listening === undefined) return;
  const { watchInterruption } = await loadTorch();
  listening.hearWhileBusy(watchInterruption);
  await new Promise((served) => setImmediate(served)); // a signal that came while it was loaded is Node's to tell
}
