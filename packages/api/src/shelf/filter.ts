/** Which faces are meant; what is left out of a filter leaves nothing out. */
export interface FaceFilter {
  /** In this folder and those below it. */
  readonly folder?: string;
  /** Taken from this moment on, and before that one: milliseconds since 1970, or a day (2024-05-01). Photos of no known day are neither. */
  readonly since?: number | string;
  readonly until?: number | string;
  /** A class: corrected to, or else named by the model. */
  readonly expression?: string;
  /** Least pixels along the aligned face. */
  readonly side?: number;
  /** Least sharpness, 0 to 1. */
  readonly sharpness?: number;
  /** Least score of the detector, 0 to 1. */
  readonly score?: number;
  /** Most degrees turned to a side. */
  readonly turn?: number;
  /** Least and most faces in its photo. */
  readonly people?: { readonly least?: number; readonly most?: number };
  /** Also what corrections hide (false). */
  readonly hidden?: boolean;
}
