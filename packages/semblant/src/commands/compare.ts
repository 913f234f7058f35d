import type { CompareProgress } from "@semblant/lab";
import { settingsFromFlags } from "../flags/settings-from-flags.ts";
import { loadLab } from "../lab/load-lab.ts";
import { stoppableTraining } from "../lab/stoppable-training.ts";
import { byDefault, page } from "../pages/compare.ts";
import { commandOf } from "../terminal/command.ts";
import { onlyGiven } from "../terminal/given.ts";
import { trainingLine } from "../terminal/progress.ts";

export const command = commandOf(page, async ([settings], options, terminal) => {
  const { losses = byDefault, seeds, out, neighbors, bootstrap, threads } = options;
  const { compareLosses, formatComparedLosses } = await loadLab();
  const interruption = await stoppableTraining(terminal);
  try {
    let shown = "";
    const comparison = await compareLosses(
      {
        ...onlyGiven({ seeds, out, neighbors, bootstrap, threads }),
        losses,
        overrides: [...settingsFromFlags(page, options), ...settings],
        signal: interruption.signal,
      },
      (progress) => {
        const heading = headingOf(progress);
        if (heading !== shown) terminal.note(heading);
        shown = heading;
        if (progress.step === undefined) return;
        interruption.begun();
        terminal.live(trainingLine(progress.step));
      },
    );
    terminal.endLive();
    if (comparison === undefined) {
      terminal.print("Stopped. The same command goes on from here.");
      terminal.result({ reason: "stopped" });
      return 130;
    }
    terminal.print(formatComparedLosses(comparison, terminal.color));
    terminal.result(comparison);
    return 0;
  } finally {
    interruption.release();
  }
});

function headingOf({ place, runs, loss, seed, step }: CompareProgress): string {
  return `${step === undefined ? "measuring" : "training"} ${place}/${runs}: ${loss}, seed ${seed}`;
}
