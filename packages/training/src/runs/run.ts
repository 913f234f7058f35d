import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DataError, OptionError, show } from "@semblant/core";
import { resolveDevice, resolvePrecision } from "../precision.ts";
import { checkSettings, type Settings } from "../settings.ts";
import type { Step } from "../step.ts";
import { type BestState, type Checkpoint, FORMAT, readCheckpoint, type TrainingState, writeCheckpoint } from "./checkpoint.ts";
import { lockRun } from "./lock.ts";
import { readSteps, StepsLog } from "./steps-log.ts";
import { EventFile } from "./tensorboard.ts";
import { makeFolder, writeWhole } from "./write-whole.ts";

/**
 * A training run on disk:
 *
 * - `settings.json`: the settings, complete, and the format's version; written first
 * - `steps.jsonl`: what {@link train} yielded, a line a step
 * - `events.out.tfevents.*`: the same numbers for TensorBoard, one file a session
 * - `last.safetensors`: where training goes on; `best.safetensors`: the weights to use
 *
 * A run may be killed at any moment: it opens again and goes on from the last checkpoint.
 */
export interface Run {
  readonly dir: string;
  readonly settings: Settings;
  /** Where training goes on, or undefined before the first checkpoint. */
  last(): Checkpoint<TrainingState> | undefined;
  /** The weights to use, or undefined before the first checkpoint. */
  best(): Checkpoint<BestState> | undefined;
  /** Writes a checkpoint in place of the one before, which stays until the new one is whole. */
  saveLast(checkpoint: Checkpoint<TrainingState>): void;
  saveBest(checkpoint: Checkpoint<BestState>): void;
  /** Takes the folder for this process ({@link lockRun}), opens the logs for the steps after `after`, and drops what a killed session wrote beyond it. */
  log(after: number): RunLog;
  /** Whether there is a checkpoint to go on from; {@link last} reads it. */
  readonly begun: boolean;
  /** The steps logged so far. */
  steps(): Step[];
}

export interface RunLog {
  append(step: Step): void;
  /** Makes everything appended so far durable. */
  flush(): void;
  close(): void;
}

/**
 * A new run in a folder that is made, or is there and empty. Its settings say which device and precision `auto` was here.
 *
 * @throws OptionError if the folder holds something
 *
 * @example
 * createRun("runs/sgm-1", resolveSettings({ seed: 1 })).settings.seed; // 1
 */
export function createRun(dir: string, given: Settings): Run {
  const { device: asked, precision } = checkSettings(given);
  const device = resolveDevice(asked);
  const settings = { ...given, device, precision: resolvePrecision(precision, device) };
  if (existsSync(join(dir, "settings.json"))) {
    throw new OptionError(`createRun: ${dir} holds a run already.\n  Resume it, or name another folder.`);
  }
  const held = existsSync(dir) ? readdirSync(dir).filter((name) => !name.endsWith(".tmp")) : [];
  if (held.length > 0) {
    throw new OptionError(`createRun: expected ${dir} to be empty or not there, but it holds ${show(held[0])}.\n  Name another folder.`);
  }
  makeFolder(dir);
  writeWhole(join(dir, "settings.json"), `${JSON.stringify({ format: FORMAT, settings }, null, 2)}\n`);
  return runAt(dir, settings);
}

/**
 * A run that is there, to read or to go on with.
 *
 * @throws DataError if the folder holds no run, a run of another format's version, or settings that are not
 */
export function openRun(dir: string): Run {
  const path = join(dir, "settings.json");
  if (!existsSync(path)) {
    const advice = existsSync(join(dir, "subdivision.json"))
      ? "It holds a subdivision, whose levels are runs: name one, such as level-1."
      : "A run's folder is made by train and holds one.";
    throw new DataError(`run at ${dir}: no file settings.json.\n  ${advice}`);
  }
  const { format, settings } = parse(path);
  if (format !== FORMAT) {
    throw new DataError(
      `run at ${dir}: expected format ${FORMAT}, but got ${show(format)}.\n  Another version of semblant wrote it; open it with that version.`,
    );
  }
  try {
    return runAt(dir, checkSettings(settings));
  } catch (cause) {
    throw new DataError(`${path}: ${(cause as Error).message}`, { cause });
  }
}

function parse(path: string): { format?: unknown; settings?: unknown } {
  try {
    const content: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof content === "object" && content !== null) return content;
  } catch {
    // Said below, in the same words as for JSON that is something else.
  }
  throw new DataError(`${path}: expected JSON with format and settings, but got something else.`);
}

function runAt(dir: string, settings: Settings): Run {
  const steps = join(dir, "steps.jsonl");
  const last = join(dir, "last.safetensors");
  const best = join(dir, "best.safetensors");
  return {
    dir,
    settings,
    last: () => readCheckpoint(last),
    best: () => readCheckpoint(best),
    get begun() {
      return existsSync(last);
    },
    saveLast: (checkpoint) => writeCheckpoint(last, checkpoint),
    saveBest: (checkpoint) => writeCheckpoint(best, checkpoint),
    steps: () => (existsSync(steps) ? readSteps(steps) : []),
    log(after) {
      const lock = lockRun(dir);
      for (const name of readdirSync(dir)) if (name.endsWith(".tmp")) rmSync(join(dir, name)); // what a killed session did not finish
      const lines = new StepsLog(steps, after);
      const events = new EventFile(dir, { after });
      return {
        append(step) {
          lines.append(step);
          events.append(step.step, numbers(step));
        },
        flush() {
          lines.flush();
          events.flush();
        },
        close() {
          lines.close();
          events.close();
          lock.release();
        },
      };
    },
  };
}

/** A step's numbers as TensorBoard names them. */
function numbers(step: Step): Record<string, number> {
  const { loss, learningRate, imagesPerSecond, activeTriplets, gradientNorm, validation } = step;
  const named = {
    loss,
    learningRate,
    imagesPerSecond,
    activeTriplets,
    gradientNorm,
    [`validation/${validation?.metric}`]: validation?.value,
  };
  return Object.fromEntries(Object.entries(named).filter((pair): pair is [string, number] => pair[1] !== undefined));
}
