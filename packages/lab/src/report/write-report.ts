import { summary } from "@semblant/core";
import { writeWhole } from "@semblant/files/internals";
import { openRun } from "@semblant/training";
import type { EvaluatedModel } from "../runs/evaluate-model.ts";
import type { EvaluatedRun } from "../runs/evaluate-run.ts";
import { leadOf, protocolOf } from "../tables/lead.ts";
import { neighborLists } from "../tables/neighbor-lists.ts";

/** What `--json` prints: everything but the embeddings and the pictures. Of a model, `settings` are those that the data was read by. */
export function summaryOf(evaluated: EvaluatedRun | EvaluatedModel) {
  const { run, settings, dataset, gallery, evaluation, twins } = evaluated;
  const { settings: protocol, ...measured } = summary(evaluation);
  const of = "card" in evaluated && { model: { name: evaluated.card.name, version: evaluated.card.version } };
  const shift = "card" in evaluated && evaluated.shift !== undefined && { shift: evaluated.shift };
  const neighbors = neighborLists(evaluated);
  return {
    run,
    ...of,
    ...shift,
    dataset,
    ...(gallery && { gallery }),
    protocol,
    ...measured,
    ...(twins && { withoutTwins: twins }),
    ...(neighbors && { neighbors }),
    settings,
  };
}

/** Writes the HTML report of an evaluated run or model. */
export async function writeReport(path: string, evaluated: EvaluatedRun | EvaluatedModel): Promise<void> {
  const [{ report }, { shownData, shownSettings }] = await Promise.all([import("./report.ts"), import("./shown-settings.ts")]);
  const { run, settings, evaluation, twins, embeddings, images } = evaluated;
  const isModel = "card" in evaluated;
  const content = {
    title: run,
    lead: leadOf(evaluated),
    what: isModel ? ("model" as const) : ("run" as const),
    protocol: protocolOf(evaluated),
    evaluation,
    against: evaluated.dataset.against !== undefined,
    settings: isModel ? { data: shownData(settings.data) } : shownSettings(evaluated.settings),
    steps: isModel ? [] : openRun(run).steps(),
    test: embeddings.test,
    images,
  };
  await writeWhole(path, await report({ ...content, ...(twins && { withoutTwins: twins.metrics }) }));
}
