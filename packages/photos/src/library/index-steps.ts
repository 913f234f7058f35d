import type { Change } from "../queue/jobs.ts";
import type { JobEnd } from "../queue/read-jobs.ts";
import type { LibraryFile } from "./open-file.ts";
import type { PassedOver } from "./passed-over.ts";
import type { PhotoRemark } from "./photo-remarks.ts";

/** One file came to its end. */
export interface IndexStep {
  /** Files that need no more work, of all that were found. */
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
}

/** Counts what becomes of photos, and makes a step of each. */
export class StepCounts {
  readonly #file: LibraryFile;
  readonly #began = performance.now();
  readonly #total: number;
  readonly #todo: number;
  readonly #unchanged: number;
  readonly #changes = { read: 0, touched: 0, moved: 0, copied: 0 };
  #errors: number;
  #ended = 0;
  #failed = 0;

  /** @param errors files among them that could not be read before, and are not tried again */
  constructor(file: LibraryFile, { total, todo, errors }: { readonly total: number; readonly todo: number; readonly errors: number }) {
    this.#file = file;
    this.#total = total;
    this.#todo = todo;
    this.#errors = errors;
    this.#unchanged = total - todo - errors;
  }

  /** The step of a job that came to its end; undefined where there is nothing to say of it. */
  step({ job: { path }, outcome, reading }: JobEnd): IndexStep | undefined {
    this.#ended++;
    if (outcome === "gone" || outcome === "unseen" || outcome === "taken") return undefined;
    const reason = "reason" in reading ? reading.reason : undefined;
    if (outcome === "failed") {
      this.#errors++;
      this.#failed++;
    } else this.#changes[outcome]++;
    const remark = "faces" in reading ? reading.remark : undefined;
    const faces = this.#file.prepare("SELECT faces FROM photos WHERE path = ?").pluck().get(path) ?? 0;
    return {
      done: this.#total - this.#todo + this.#ended,
      total: this.#total,
      path,
      change: outcome,
      faces: faces as number,
      ...(reason !== undefined && { error: reason }),
      ...(remark !== undefined && { remark }),
      errors: this.#errors,
      secondsLeft: ((performance.now() - this.#began) / 1000 / this.#ended) * (this.#todo - this.#ended),
    };
  }

  /** How many were read, for the first time or anew. */
  get read(): number {
    return this.#changes.read;
  }

  /** How many failed that had not failed before. */
  get failed(): number {
    return this.#failed;
  }

  /** What the library's photos went through. */
  changes(): Pick<IndexSummary, "unchanged" | "read" | "moved" | "copied"> {
    const { touched, ...others } = this.#changes;
    return { unchanged: this.#unchanged + touched, ...others };
  }
}
