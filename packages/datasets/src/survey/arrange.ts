import { DataError, OptionError } from "@semblant/core";
import type { SplitShares } from "../dataset/random-split.ts";
import { subjectSplit } from "../dataset/subject-split.ts";
import { unitOf } from "./people.ts";
import type { Survey, SurveyRow } from "./survey.ts";

/** What is done with the rows of any source after they are read. */
export interface ArrangeOptions {
  /**
   * `source` (by default): the source's own splits, or drawn ones where it has none; `undrawn`: its own, or all is test where it has
   * none; `subjects`: drawn person by person whatever the source says; `test`: every image is test, as in the paper's Table 1 for sets
   * that nothing was trained on.
   */
  readonly split?: "source" | "undrawn" | "subjects" | "test";
  /** Whether faces labelled contempt are kept (`true`); without them the eight expressions are the seven that many sets have. */
  readonly contempt?: boolean;
  readonly shares?: SplitShares;
  readonly seed?: number;
}

/**
 * A survey with its rows in other splits, or without contempt.
 *
 * @throws OptionError if `contempt` is to be left out of a set with votes, whose rows would no longer sum to 1
 * @throws DataError if splits by person are asked for and people are not known
 */
export function arrange(where: string, survey: Survey, options: ArrangeOptions): Survey {
  return resplit(where, options.contempt === false ? withoutContempt(where, survey) : survey, options);
}

function resplit(where: string, survey: Survey, { split = "source", shares = {}, seed = 0 }: ArrangeOptions): Survey {
  if (split === "source") return survey;
  if (split === "undrawn" && survey.drawn === undefined) return survey;
  if (split === "test" || split === "undrawn")
    return { ...survey, drawn: "not at all", rows: survey.rows.map((row) => ({ ...row, split: "test" })) };
  const units = survey.rows.map(unitOf);
  if (units.every((unit) => unit === undefined)) {
    throw new DataError(
      `${survey.name} at ${survey.root}: expected to know who is in each picture to split by person, but ` +
        `this ${survey.layout} does not say.\n  Use its own splits: data.split=source`,
    );
  }
  // A picture that does not say who is in it counts as a person of its own.
  const splits = subjectSplit(
    where,
    units.map((unit, i) => unit ?? `picture ${survey.rows[i]?.id}`),
    { shares, seed },
  );
  return { ...survey, drawn: "by person", rows: survey.rows.map((row, i) => ({ ...row, split: splits[i] as SurveyRow["split"] })) };
}

function withoutContempt(where: string, survey: Survey): Survey {
  if (survey.hasVotes) {
    throw new OptionError(
      `${where}: expected contempt to be true, since ${survey.name} has votes over all eight expressions, but got false.`,
    );
  }
  const out = survey.classes.indexOf("contempt");
  if (out < 0) return survey;
  const rows = survey.rows.map((row): SurveyRow => {
    if (row.label < 0 || row.dropped !== undefined) return row;
    if (row.label === out) return { ...row, label: -1, dropped: "labelled contempt" };
    return row.label > out ? { ...row, label: row.label - 1 } : row;
  });
  return { ...survey, classes: survey.classes.filter((_, c) => c !== out), rows };
}
