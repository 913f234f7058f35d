import type { Finding, Trains } from "./finding.ts";
import type { Study } from "./study.ts";

/** A table or figure of the paper, made again. */
export interface Experiment {
  /** `table-1`, `figure-4`: the word on the command line. */
  readonly name: string;
  readonly title: string;
  /** What the paper shows there, and what of its protocol is known. */
  readonly paper: string;
  readonly trains: Trains;
  make(study: Study): Promise<Finding>;
}
