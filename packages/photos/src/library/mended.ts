/** What mending a library did. */
export interface Mended {
  /** What is as it was again. */
  readonly mended: readonly string[];
  /** What is gone and will be read again from its photo. */
  readonly reread: readonly string[];
  /** What people said and is lost. */
  readonly lost: readonly string[];
  /** Photos to be read again. */
  readonly photos: number;
}
