/** A photo's file as the walk found it. */
export interface FileState {
  readonly path: string;
  readonly bytes: number;
  readonly modified: number;
}

/** A photo that is to be read; a suspect if a process ended while it was. */
export interface Job extends FileState {
  readonly suspect: 0 | 1;
}

/** What became of a file in the library. */
export type Change = "read" | "touched" | "moved" | "copied";

/** What became of a job: `gone` if its file is no longer there, `unseen` if only others may see it, `taken` if another process ended it. */
export type Outcome = Change | "failed" | "gone" | "unseen" | "taken";

/** How far a queue is. */
export interface Progress {
  /** Photos that are to be read, those in work among them. */
  readonly left: number;
  /** Other processes that read. */
  readonly others: number;
  /** Photos that all of them read in a second, of late; undefined at first. */
  readonly perSecond: number | undefined;
}

/**
 * The photos that are to be read. Those of a file's library are this process's alone; those of a server's are taken by any number of
 * processes.
 */
export interface Jobs {
  /**
   * Takes a photo into work.
   *
   * @param ordinary whether suspects are left, which are read last and alone
   * @returns undefined where none is to be had now
   */
  take(ordinary: boolean): Job | undefined;
  /** A reader is at hand for it: if the process ends from here on, the photo is a suspect. */
  begin(job: Job): void;
  /** Ends a job with what becomes of its photo, all or nothing; undefined leaves it in work. */
  end(job: Job, become: () => Change | "failed" | undefined): Outcome | undefined;
  /** There is no file where the job's should be. */
  missing(job: Job): "gone" | "unseen";
  /** Leaves a photo that this process cannot open to others that may: false where there are none. */
  leaveToOthers(job: Job): boolean;
  /** Makes a suspect of it: it is read again, last and alone. */
  setAside(job: Job): void;
  /** Nothing was to be had and nothing is in work: false if that is the end, else waits a while, since there may be something then. */
  more(): Promise<boolean>;
  /** Gives back what is still in work; the reading is over. */
  leave(inWork: readonly Job[]): Promise<void>;
  /** Asks the library, and asks again where its server was away. */
  patiently<T>(ask: () => T | Promise<T>): Promise<T>;
  /** How far all who read are; undefined where nobody else does. */
  progress(): Progress | undefined;
}
