import type { RetrievalRole, SplitName } from "../dataset/dataset.ts";
import type { Region } from "../images/region.ts";

/** An image file and the word it is labelled with. */
export interface LabeledFile {
  /** Relative to the root, with `/` between folders. */
  readonly file: string;
  /** Undefined in a set without labels. */
  readonly label: string | undefined;
  /** Undefined where the source has no splits. */
  readonly split: SplitName | undefined;
  /** Where the label stands: the table and its row, or nothing for a folder. */
  readonly row?: number | undefined;
  /** The table of that row, where the source has several. */
  readonly table?: string;
  /** Who is in the picture. */
  readonly subject?: string | undefined;
  /** The recording that it is one frame or one view of: its name is of one person alone. */
  readonly sequence?: string | undefined;
  /** Where the source says the face is. */
  readonly region?: Region | undefined;
  /** What the image is called where its file is named more than once, for several faces; the file where undefined. */
  readonly id?: string;
  /** What the image is for, where the source says which are queries and which their gallery. */
  readonly role?: RetrievalRole | undefined;
  /** Why the image is left out; it is not decoded then. */
  readonly dropped?: string | undefined;
}
