/** A table of an experiment: the first row names the columns, the first column the rows. */
export type Table = readonly (readonly string[])[];

/** A part of an experiment's page: what was asked, and the table or picture that answers. */
export interface Section {
  readonly title: string;
  /** How it was made and how to read it, a sentence or three. */
  readonly text: string;
  readonly table?: Table;
  /** SVG, and the name of its file beside the page. */
  readonly picture?: { readonly file: string; readonly svg: string };
}

/** What an experiment found. */
export interface Finding {
  /** The answer in a sentence. */
  readonly lead: string;
  readonly sections: readonly Section[];
  /** Every number behind the tables and pictures, as JSON can hold them. */
  readonly numbers: object;
  /** Folders of the runs that it was made from. */
  readonly runs: readonly string[];
}

/** What a table or figure is made from: each network with each loss, one network with each, one run, or a subdivision. */
export type Trains = "networks" | "losses" | "run" | "subdivision";
