import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DataError, OptionError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import { readText } from "@semblant/datasets";
import { makeFolder, writeWholeSync } from "@semblant/files/internals";
import type { Settings } from "../settings/setting-types.ts";
import { checkSettings } from "../settings/settings.ts";
import { resolveDevice, resolvePrecision } from "../steps/precision.ts";
import type { Step } from "../steps/step.ts";
import { type BestState, type Checkpoint, FORMAT, readCheckpoint, type TrainingState, writeCheckpoint } from "./checkpoint.ts";
import type { DataDigest } from "./data-digest.ts";
import { type DataPlaces, withAbsolutePaths } from "./data-places.ts";
import { lockRun, type RunLock } from "./lock.ts";
import { readSteps, StepsLog } from "./steps-log.ts";
import { EventFile } from "./tensorboard.ts";

/**
 * A training run on disk:
 *
 * - `settings.json`: the settings, complete, and the format's version; written first, before the first step with what the data are, and
 *   once more after the first checkpoint
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
  /** What the data were as training began; undefined before, and in runs of earlier versions. */
  readonly data: DataDigest | undefined;
  /** Keeps what the data are, before the first step. */
  begin(data: DataDigest): void;
  /** Keeps where the data are now; they are the same data. */
  move(places: DataPlaces): void;
  /** Writes a checkpoint in place of the one before, which stays until the new one is whole. */
  saveLast(checkpoint: Checkpoint<TrainingState>): void;
  saveBest(checkpoint: Checkpoint<BestState>): void;
  /**
   * Takes the folder for this process ({@link lockRun}), opens the logs for the steps after `after`, and drops what a
   * killed session wrote beyond it.
   */
  log(after: number): RunLog;
  /** Whether there is a checkpoint to go on from; {@link last} reads it. */
  readonly begun: boolean;
  /** Whether a checkpoint was ever written, here or elsewhere; undefined in runs of earlier versions, which do not say. */
  readonly checkpointed: boolean | undefined;
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
 * A new run in a folder that is made, or is there and empty. Its settings say which device and precision `auto` was here, and where the
 * data are from any working folder.
 *
 * @throws OptionError if the folder holds something
 *
 * @example
 * createRun("runs/sgm-1", resolveSettings({ seed: 1 })).settings.seed; // 1
 */
export function createRun(dir: string, given: Settings): Run {
  const { device: asked, precision } = checkSettings(given);
  const device = resolveDevice(asked);
  const settings = { ...withAbsolutePaths(given), device, precision: resolvePrecision(precision, device) };
  refuseFilledFolder(dir);
  makeFolder(dir);
  writeSettings(dir, settings, { checkpointed: false });
  return runAt(dir, settings, { checkpointed: false });
}

/**
 * Refuses a folder for a new run that holds something, before any work is done for it.
 *
 * @param where who refuses it
 * @throws OptionError that says what it holds
 *
 * @example
 * refuseFilledFolder("runs/new"); // undefined
 */
export function refuseFilledFolder(dir: string, where = "createRun"): void {
  if (existsSync(join(dir, "settings.json"))) {
    throw new OptionError(`${where}: ${dir} holds a run already.\n  Resume it, or name another folder.`);
  }
  const held = statSync(dir, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(dir).filter((name) => !name.endsWith(".tmp")) : [];
  if (held.length > 0) {
    throw new OptionError(`${where}: expected ${dir} to be empty or not there, but it holds ${show(held[0])}.\n  Name another folder.`);
  }
}

/** What `settings.json` keeps beside the settings. */
interface Beside {
  readonly checkpointed: boolean | undefined;
  readonly data?: DataDigest | undefined;
}

function writeSettings(dir: string, settings: Settings, { checkpointed, data }: Beside): void {
  writeWholeSync(join(dir, "settings.json"), `${JSON.stringify({ format: FORMAT, checkpointed, data, settings }, null, 2)}\n`);
}

/**
 * A run that is there, to read or to go on with.
 *
 * @throws DataError if the folder holds no run, a run of another format's version, or settings that are not
 */
export function openRun(dir: string): Run {
  const path = join(dir, "settings.json");
  if (!existsSync(dir)) throw new DataError(`run at ${dir}: there is no such folder.\n  A run's folder is made by train.`);
  if (!existsSync(path)) {
    const advice = existsSync(join(dir, "subdivision.json"))
      ? "It holds a subdivision, whose levels are runs: name one, such as level-1."
      : "A run's folder is made by train and holds one.";
    throw new DataError(`run at ${dir}: no file settings.json.\n  ${advice}`);
  }
  const { format, checkpointed, data, settings } = parse(path);
  if (format !== FORMAT) {
    throw new DataError(
      `run at ${dir}: expected format ${FORMAT}, but got ${show(format)}.\n  Another version of semblant ` +
        `wrote it; open it with that version.`,
    );
  }
  try {
    const known = typeof checkpointed === "boolean" ? checkpointed : undefined;
    return runAt(dir, checkSettings(settings), { checkpointed: known, data: isDigest(data) ? data : undefined });
  } catch (cause) {
    throw new DataError(`${path}: ${(cause as Error).message}`, { cause });
  }
}

function isDigest(data: unknown): data is DataDigest {
  const { pixels, labels } = (data ?? {}) as Partial<Record<keyof DataDigest, unknown>>;
  return typeof pixels === "string" && typeof labels === "string";
}

function parse(path: string): { format?: unknown; checkpointed?: unknown; data?: unknown; settings?: unknown } {
  const text = readText(path);
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === "object" && content !== null) return content;
  } catch {
    // Said below, in the same words as for JSON that is something else.
  }
  throw new DataError(`${path}: expected JSON with format and settings, but got something else.`);
}

function runAt(dir: string, found: Settings, known: Beside): Run {
  const steps = join(dir, "steps.jsonl");
  const last = join(dir, "last.safetensors");
  const best = join(dir, "best.safetensors");
  let { checkpointed, data } = known;
  let settings = found;
  return {
    dir,
    get settings() {
      return settings;
    },
    last: () => readCheckpoint(last),
    best: () => readCheckpoint(best),
    get begun() {
      return existsSync(last);
    },
    get checkpointed() {
      return checkpointed;
    },
    get data() {
      return data;
    },
    begin(digest) {
      data = digest;
      writeSettings(dir, settings, { checkpointed, data });
    },
    move(places) {
      settings = withAbsolutePaths({ ...settings, data: { ...settings.data, ...places } });
      writeSettings(dir, settings, { checkpointed, data });
    },
    saveLast(checkpoint) {
      writeCheckpoint(last, checkpoint);
      if (checkpointed === true) return;
      writeSettings(dir, settings, { checkpointed: true, data }); // so that a checkpoint that is gone is missed
      checkpointed = true;
    },
    saveBest: (checkpoint) => writeCheckpoint(best, checkpoint),
    steps: () => (existsSync(steps) ? readSteps(steps) : []),
    log(after) {
      const lock = lockRun(dir);
      const { lines, events } = opened(dir, after, lock);
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
          try {
            lines.close();
            events.close();
          } finally {
            lock.release();
          }
        },
      };
    },
  };
}

/** The logs of a folder that is locked; the lock is given back where one of them cannot be opened. */
function opened(dir: string, after: number, lock: RunLock): { lines: StepsLog; events: EventFile } {
  try {
    for (const name of readdirSync(dir)) if (name.endsWith(".tmp")) rmSync(join(dir, name)); // what a killed session did not finish
    return { lines: new StepsLog(join(dir, "steps.jsonl"), after), events: new EventFile(dir, { after }) };
  } catch (error) {
    lock.release();
    throw error;
  }
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
