import { type Interruption, listenForInterruption } from "../terminal/interruption.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { loadLab } from "./load-lab.ts";

const unbegun = "Stopped before the first step: there is nothing to be saved.";
const stopping = "Stopping after this step (again to stop at once) ...";

/**
 * Ctrl-C in a command that trains: before the first step it ends the process, afterwards it stops the training after a step.
 * Signals are heard while libtorch holds the event loop, too.
 *
 * @param patient whether a second signal ends nothing, as in one rank of several
 */
export async function stoppableTraining(terminal: Terminal, { patient = false } = {}): Promise<Interruption> {
  const interruption = listenForInterruption(
    () => terminal.note(stopping),
    () => terminal.note(unbegun),
    { unbegun: terminal.noted(unbegun), begun: terminal.noted(stopping), patient },
  );
  const { listenWhileBusy } = await loadLab();
  listenWhileBusy(interruption);
  return {
    ...interruption,
    release: () => {
      listenWhileBusy(undefined);
      interruption.release();
    },
  };
}
