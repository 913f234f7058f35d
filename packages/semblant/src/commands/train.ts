import { duration } from "@semblant/core";
import type { PartialSettings, Step, TrainedRun, TrainRunOptions } from "@semblant/lab";
import { pathOfModel } from "@semblant/photos";
import { loadLab } from "../lab/load-lab.ts";
import { trainingLine } from "../terminal/progress.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { CommandModule } from "./command.ts";
import { stoppableTraining } from "./stopping-training.ts";
import { page, settingOf } from "./train-page.ts";

export { page } from "./train-page.ts";

export const command: CommandModule = {
  page,
  async run([given], options, terminal) {
    const { placesFrom, trainRun } = await loadLab();
    const overrides = [...settingsFromFlags(options), ...(given as string[])];
    const resuming = options.resume !== undefined;
    const moved = resuming ? await placesFrom("train", overrides, options) : {};
    const asked: TrainRunOptions = {
      ...(resuming ? { moved } : { overrides }),
      ...(options.config !== undefined && { settings: await settingsOfFile(options.config as string) }),
      ...(options.out !== undefined && { out: options.out as string }),
      ...(options.resume !== undefined && { resume: options.resume as string }),
      ...(options.limitMinutes !== undefined && { limitMinutes: options.limitMinutes as number }),
      ...(options.threads !== undefined && { threads: options.threads as number }),
    };
    const interruption = await stoppableTraining(terminal);
    const show = shower(terminal);
    try {
      if (options.resume !== undefined) terminal.note(`resuming ${options.resume as string} ...`);
      const trained = await trainRun(
        { ...asked, signal: interruption.signal },
        (step) => {
          interruption.begun();
          show(step);
        },
        (_, sentence) => terminal.note(sentence),
      );
      terminal.endLive();
      return await tellEnd(trained, interruption.signal.aborted, terminal);
    } finally {
      interruption.release();
    }
  },
};

async function settingsOfFile(path: string): Promise<PartialSettings> {
  const { readConfig } = await import("../lab/config.ts");
  return readConfig(path) as PartialSettings;
}

/** The flags that stand for settings, as overrides: `--sigma 2` is `loss.sigma=2`. */
function settingsFromFlags(options: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(settingOf).flatMap(([flag, setting]) => {
    if (options[flag] === undefined) return [];
    const value = String(options[flag]);
    return [`${setting}=${setting === "network.weights" ? pathOfModel(value) : value}`];
  });
}

/** Shows steps as they are made; a warning is said once, until a validation has none. */
function shower(terminal: Terminal): (step: Step) => void {
  let warned = false;
  return (step) => {
    terminal.live(trainingLine(step));
    if (step.validation === undefined) return;
    const { metric, value, improved } = step.validation;
    terminal.note(
      `epoch ${step.epoch}/${step.epochs}  step ${step.step}  validation (${metric}) ${value.toFixed(1)} %${improved ? ", the best so far" : ""}`,
    );
    if (step.warning !== undefined && !warned) terminal.note(step.warning.message);
    warned = step.warning !== undefined;
  };
}

async function tellEnd(
  { run, settings, last, saved, warning, seconds }: TrainedRun,
  interrupted: boolean,
  terminal: Terminal,
): Promise<number> {
  const reason = last.ended?.reason ?? "finished";
  const best = last.validation?.best;
  const message = `${last.ended?.message ?? `Step ${last.step} of ${last.steps}.`} ${duration(seconds)}`;
  if (reason === "not finite") {
    terminal.print(
      saved === undefined ? `${message}\nNothing could be saved.` : `${message}, saved in ${run} as it was after step ${saved}`,
    );
    terminal.print((await loadLab()).anotherTry(settings));
  } else terminal.print(`${message}, saved in ${run}`);
  if (warning !== undefined) terminal.print(warning);
  if (interrupted && reason === "stopped") terminal.print(`To go on:     semblant train --resume ${run}`);
  if (saved !== undefined) terminal.print(`To evaluate:  semblant evaluate ${run}`);
  terminal.result({
    run,
    reason,
    step: last.step,
    steps: last.steps,
    loss: last.loss,
    ...(best !== undefined && { best }),
    saved: saved ?? null,
    ...(warning !== undefined && { warning }),
    seconds,
    settings,
  });
  if (reason === "not finite" || reason === "collapsed") return 1;
  return interrupted && reason === "stopped" ? 130 : 0;
}
