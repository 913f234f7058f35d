import { duration } from "@semblant/core/internals";
import type { TrainedRun } from "@semblant/lab";
import type { PartialSettings, RankPlace, Step } from "@semblant/lab/internals";
import { settingsFromFlags } from "../flags/settings-from-flags.ts";
import { loadLab } from "../lab/load-lab.ts";
import { stoppableTraining } from "../lab/stoppable-training.ts";
import { page } from "../pages/train.ts";
import { inProcesses } from "../ranks/in-processes.ts";
import { tellStarter } from "../ranks/rank-process.ts";
import { commandOf } from "../terminal/command.ts";
import { type GivenFlags, onlyGiven } from "../terminal/given.ts";
import { trainingLine } from "../terminal/progress.ts";
import type { Terminal } from "../terminal/terminal.ts";

export const command = commandOf(page, async ([settings], options, terminal) => {
  const asksFor = options.loss === "list" ? "losses" : options.network === "list" ? "networks" : undefined;
  if (asksFor !== undefined) return list(asksFor, terminal);
  const work = (own: Terminal, place?: RankPlace) => train(settings, { ...options, ...(place && { place }) }, own);
  return inProcesses({ command: "train", workers: options.workers }, terminal, work);
});

type Options = GivenFlags<typeof page> & { readonly place?: RankPlace };

/** The training of this process: alone, or as a rank of several. */
async function train(settings: readonly string[], options: Options, terminal: Terminal): Promise<number> {
  const { placesFrom, trainRun } = await loadLab();
  const { config, out, resume, goOn, limitMinutes, threads, place, timeLimit } = options;
  const overrides = [...settingsFromFlags(page, { ...options, start: await placeOfModel(options.start) }), ...settings];
  const what = resume === undefined ? { overrides } : { moved: await placesFrom("train", overrides, options) };
  const file = config === undefined ? undefined : await settingsOfFile(config);
  const interruption = await stoppableTraining(terminal, { patient: place !== undefined });
  const show = shower(terminal);
  let begun = false;
  try {
    if (resume !== undefined) terminal.note(`resuming ${resume} ...`);
    const trained = await trainRun(
      {
        ...what,
        ...onlyGiven({ settings: file, out, resume, goOn, limitMinutes, threads, place, timeLimit }),
        signal: interruption.signal,
      },
      (step, run) => {
        if (!begun) tellStarter({ run });
        begun = true;
        interruption.begun();
        show(step);
      },
      (_, sentence) => terminal.note(sentence),
    );
    terminal.endLive();
    const asked = place !== undefined && limitMinutes === undefined; // who heard the signal may be another rank
    return await tellEnd(trained, asked || interruption.signal.aborted, terminal);
  } finally {
    interruption.release();
  }
}

/** Where the weights are that a training starts from: those of a model that ships, by its word, or of an adapted model's network. */
async function placeOfModel(start: string | undefined): Promise<string | undefined> {
  return start === undefined ? undefined : (await import("@semblant/photos/internals")).pathOfNetwork(start);
}

/** What there is to choose from, in place of a training. */
async function list(what: "losses" | "networks", terminal: Terminal): Promise<number> {
  const { declaredAsJson, formatDeclared } = await loadLab();
  terminal.print(formatDeclared(what));
  terminal.result({ [what]: declaredAsJson(what) });
  return 0;
}

async function settingsOfFile(path: string): Promise<PartialSettings> {
  const { readConfig } = await import("../lab/config.ts");
  return readConfig(path) as PartialSettings;
}

/** Shows steps as they are made; a warning is said once, until a validation has none. */
function shower(terminal: Terminal): (step: Step) => void {
  let warned = false;
  return (step) => {
    terminal.live(trainingLine(step));
    if (step.validation === undefined) return;
    const { metric, value, improved } = step.validation;
    terminal.note(
      `epoch ${step.epoch}/${step.epochs}  step ${step.step}  validation (${metric}) ${value.toFixed(1)} ` +
        `%${improved ? ", the best so far" : ""}`,
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
    best,
    saved: saved ?? null,
    warning,
    seconds,
    settings,
  });
  if (reason === "not finite" || reason === "collapsed") return 1;
  return interrupted && reason === "stopped" ? 130 : 0;
}
