import type { Change, Progress } from "../queue/jobs.ts";
import type { JobEnd } from "../queue/read-jobs.ts";
import type { PassedOver } from "./passed-over.ts";
import type { PhotoRemark } from "./photo-remarks.ts";

/** One file came to its end. */
export interface IndexStep {
  /** Files that need no more work, of all that were found; of a worker, those that it read itself, of these and those that still wait. */
  readonly done: number;
  readonly total: number;
  readonly path: string;
  readonly change: Change | "failed";
  /** Faces in it. */
  readonly faces: number;
  /** Why it could not be read. */
  readonly error?: string;
  /** What is to be known of how it was read. */
  readonly remark?: string;
  /** Files so far that could not be read. */
  readonly errors: number;
  readonly secondsLeft: number;
  /** Of a worker: photos that still wait in the queue, or are in work. */
  readonly waiting?: number;
  /** Of a server's library: other processes that read photos now. */
  readonly others?: number;
  /** Of a server's library: photos that all of them read in a second, of late. */
  readonly perSecond?: number;
}

/** What an index came to. */
export interface IndexSummary {
  /** In the library now. */
  readonly photos: number;
  readonly faces: number;
  readonly unchanged: number;
  readonly read: number;
  readonly moved: number;
  readonly copied: number;
  /** Photos that are no longer there. */
  readonly dropped: number;
  /** What cannot be read now, old and new, by path. */
  readonly errors: readonly { readonly path: string; readonly reason: string }[];
  /** How many of them had not failed before. */
  readonly failed: number;
  /** Links that lead out of the folder and were not followed. */
  readonly links: readonly string[];
  /** What is no photo, by its name, or was left out. */
  readonly passedOver: PassedOver;
  /** Exclusions that were not given now, but hold since an earlier index. */
  readonly remembered: readonly string[];
  /** What is to be known of photos, read now or before, by path. */
  readonly remarks: readonly PhotoRemark[];
  readonly seconds: number;
  /** Of a server's library: photos that other processes read meanwhile. */
  readonly byOthers?: number;
  /** Of a server's library: photos that are still to be read, and that no process which reads could see or open, by path. */
  readonly unseen?: readonly string[];
  /** Of a server's library: photos that this process could not see or open, and others may. */
  readonly leftToOthers?: number;
}

/** What is to be read, of how much. */
export interface Listed {
  /** Files that were found; of a worker, which finds none, those that are to be read. */
  readonly total: number;
  /** How many are to be read. */
  readonly todo: number;
  /** Files among the others that could not be read before. */
  readonly errors: number;
  /** Whether others list what is to be read, and this process is a worker (false). */
  readonly byOthers?: boolean;
}

/** Counts what becomes of photos, and makes a step of each. */
export class StepCounts {
  readonly #began = performance.now();
  readonly #listed: Listed;
  readonly #changes = { read: 0, touched: 0, moved: 0, copied: 0 };
  #ended = 0;
  #failed = 0;

  constructor(listed: Listed) {
    this.#listed = listed;
  }

  /**
   * The step of a job that came to its end; undefined where there is nothing to say of it.
   *
   * @param faces in it, as the library has it now
   */
  step({ job: { path }, outcome, reading }: JobEnd, faces: number, progress: Progress | undefined): IndexStep | undefined {
    if (outcome === "unseen" || outcome === "taken") return undefined; // others end it, or ended it
    this.#ended++;
    if (outcome === "gone") return undefined;
    const reason = "reason" in reading ? reading.reason : undefined;
    if (outcome === "failed") this.#failed++;
    else this.#changes[outcome]++;
    const remark = "faces" in reading ? reading.remark : undefined;
    return {
      ...this.#howFar(progress),
      path,
      change: outcome,
      faces,
      ...(reason !== undefined && { error: reason }),
      ...(remark !== undefined && { remark }),
      errors: this.#listed.errors + this.#failed,
    };
  }

  #howFar(progress: Progress | undefined): Pick<IndexStep, "done" | "total" | "secondsLeft" | "others" | "perSecond" | "waiting"> {
    const { total, todo } = this.#listed;
    const seconds = (performance.now() - this.#began) / 1000;
    if (progress === undefined) {
      return { done: total - todo + this.#ended, total, secondsLeft: (seconds / this.#ended) * (todo - this.#ended) };
    }
    const { left, others, perSecond = this.#ended / seconds } = progress;
    const speed = { secondsLeft: perSecond > 0 ? left / perSecond : 0, others, perSecond };
    if (this.#listed.byOthers === true) return { done: this.#ended, total: this.#ended + left, waiting: left, ...speed };
    const all = Math.max(total, left); // others walk, and find more
    return { done: all - left, total: all, ...speed };
  }

  /** How many were read, for the first time or anew. */
  get read(): number {
    return this.#changes.read;
  }

  /** How many failed that had not failed before. */
  get failed(): number {
    return this.#failed;
  }

  /** How many came to their end here, and are in no other process's count. */
  get ended(): number {
    return this.#ended;
  }

  /** What the library's photos went through. */
  changes(): Pick<IndexSummary, "unchanged" | "read" | "moved" | "copied"> {
    const { total, todo, errors } = this.#listed;
    const { touched, ...others } = this.#changes;
    return { unchanged: total - todo - errors + touched, ...others };
  }
}
