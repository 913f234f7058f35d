/** Work that takes a while. */
export type JobStart =
  /** Brings the library up to date with its folder. */
  | {
      readonly kind: "index";
      /** Patterns of paths to leave out; those of the index before where absent. */
      readonly exclude?: readonly string[];
      /** Reads photos again that could not be read (false). */
      readonly retry?: boolean;
      /** Where the model is another than the library's: reads every photo again with it (false). */
      readonly replaceModel?: boolean;
    }
  /** Adapts the model to the faces whose expression a person corrected. Its result says what that is worth; `adapted.keep` keeps it. */
  | {
      readonly kind: "adapt";
      /** Labels that are new classes, or all that the model does not know (none). */
      readonly newClasses?: readonly string[] | "all";
      /** Whether no other class than those of the faces is ever named (false). */
      readonly only?: boolean;
    };

/** How far a job is. */
export interface JobProgress {
  readonly done: number;
  /** Absent while that is not known. */
  readonly total?: number;
  /** What it is at: a path, a step. */
  readonly text?: string;
  readonly secondsLeft?: number;
}

/** What went wrong, for a person. */
export interface Problem {
  /** The error's class: OptionError, DataError, ShapeError or EngineError. */
  readonly kind: string;
  readonly message: string;
  /** What to try. */
  readonly hint?: string;
}

/** A job, running or ended. */
export interface Job {
  readonly id: number;
  readonly kind: JobStart["kind"];
  readonly state: "running" | "done" | "stopped" | "failed";
  readonly progress: JobProgress;
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly ended?: number;
  /** What came of it: plain data. Of "index" a summary, of "adapt" what it is worth. */
  readonly result?: unknown;
  /** Why it failed. */
  readonly problem?: Problem;
}

/** The jobs of a home. */
export interface Jobs {
  /** Running ones, and the last that ended, the newest first. */
  list(): Promise<readonly Job[]>;
  /**
   * Starts one, and does not wait for its end.
   *
   * @throws DataError if one of its kind runs (busy), or it cannot begin
   */
  start(start: JobStart): Promise<Job>;
  /**
   * Asks one to stop; what it did is kept. One that ended stays as it is.
   *
   * @throws DataError if there is none of this id (missing)
   */
  stop(id: number): Promise<Job>;
}

/** What pages are told as it happens. */
export type AppEvent =
  /** Photos, faces, corrections, documents or the model changed: what was asked before may be out of date. */
  | { readonly type: "revision"; readonly revision: number }
  | { readonly type: "document"; readonly name: string }
  | { readonly type: "job"; readonly job: Job }
  /** A training run changed: it made steps, began or ended, or was measured. */
  | { readonly type: "run"; readonly run: string };
