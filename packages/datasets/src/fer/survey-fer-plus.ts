import { expressions } from "@semblant/core";
import { rules } from "@semblant/core/internals";
import { choiceOf, optionOf, type ValuesOf } from "../description/set-option.ts";
import { type LabelMode, labelModes, labelOfVotes } from "../labels/label-modes.ts";
import type { ImageOptions } from "../survey/image-options.ts";
import type { Survey, SurveyRow } from "../survey/survey.ts";
import { type FerPlusPlace, readSource, sourceOfVotes, type VotesFile } from "./fer-plus-source.ts";
import type { VoteRow } from "./fer-plus-tables.ts";

const elsewhere = "has one label an image and no votes";

/** The options of FER+, in either of its layouts. */
export const ferPlusOptions = {
  labels: choiceOf(labelModes, { default: "majority", text: "How votes become the labels of the training split.", elsewhere }),
  evaluation: choiceOf(labelModes, {
    default: "majority",
    text: "How votes become the labels of validation and test; FERPlus evaluates by majority.",
    elsewhere,
    setting: false,
  }),
  votes: optionOf<VotesFile | null>(rules.orNone(rules.oneOf("label.csv", "fer2013new.csv")), {
    default: null,
    text: "The table with the votes, where both are there; they differ for some 1,600 images.",
  }),
};

/** FER+ with everything that is wrong: rows of a table, or images in FERPlus's folders. */
export async function surveyFerPlus(
  place: FerPlusPlace,
  { cache = true, followLinks = false }: Pick<ImageOptions, "cache" | "followLinks">,
  { labels, evaluation, votes }: ValuesOf<typeof ferPlusOptions>,
): Promise<Survey> {
  const source = sourceOfVotes(place, votes);
  const { table, images, imageOf, faults } = await readSource(place, source, { cache, followLinks });
  const rows = table.rows.map((row, i) => labelRow(row, i, imageOf(i), row.split === "train" ? labels : evaluation));
  return {
    layout: place.kind,
    name: "FER+",
    root: place.root,
    labelSource: `${source} ${labels === evaluation ? labels : `${labels}, validation and test ${evaluation}`}`,
    classes: expressions,
    hasVotes: true,
    images,
    rows: source === "fer2013new.csv" ? withRowIds(rows) : rows,
    faults: [...table.faults, ...faults],
  };
}

function labelRow({ split, name, counts }: VoteRow, row: number, image: number | string, mode: LabelMode): SurveyRow {
  const id = name === "" ? `row ${row}` : name;
  if (typeof image === "string") return { split, id, image: -1, label: -1, dropped: image };
  const made = labelOfVotes(counts, mode);
  if ("dropped" in made) return { split, id, image, label: -1, dropped: made.dropped };
  return { split, id, image, label: made.label, votes: made.target };
}

/** Of rows with the same name the later one has it; the others are known by their row. */
function withRowIds(rows: readonly SurveyRow[]): SurveyRow[] {
  const last = new Map(rows.map(({ id }, row) => [id, row]));
  return rows.map((row, i) => (last.get(row.id) === i ? row : { ...row, id: `row ${i}` }));
}
