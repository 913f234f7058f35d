import type { AdaptedFaces, FaceSet } from "@semblant/answers";
import type { JobProgress, JobStart } from "@semblant/api";
import { shelfError } from "@semblant/api";
import { DataError } from "@semblant/core";
import { whoInName } from "@semblant/core/internals";
import type { ModelCard } from "@semblant/faces";
import { adaptationOf, adaptedCard } from "@semblant/faces/internals";
import type { Asker } from "./asking/asker.ts";
import type { BrowserLibrary } from "./keeping/browser-library.ts";

/** Adapts the library's model, as it was trained, to the faces whose expression a person corrected. Keeps nothing. */
export async function* adaptLibrary(
  library: BrowserLibrary,
  set: FaceSet,
  { asker, start }: { readonly asker: Asker; readonly start: Extract<JobStart, { kind: "adapt" }> },
): AsyncGenerator<JobProgress, AdaptedFaces> {
  const rows = [...set.faces.keys()].filter((row) => set.faces[row]?.label !== undefined && set.faces[row]?.turned !== true);
  if (rows.length === 0) {
    throw new DataError("adapt: expected faces whose expression was corrected, but there are none.\n  Correct some first.");
  }
  const given = rows.map((row) => set.faces[row]?.label as string);
  const people = rows.map((row) => whoInName(set.photos.get(set.faces[row]?.photo as number)?.path ?? "")?.subject ?? "");
  const { kind: _, ...options } = start;
  let told: JobProgress = { done: 0 };
  let heard = () => {};
  const steps = asker.adapt(
    trainedCard(library),
    { data: "labelled faces", embeddings: set.embeddings.take(rows), given, people },
    options,
    (done, total) => {
      told = { done, total };
      heard();
    },
  );
  let ended = false;
  const end = steps.then(
    () => (ended = true),
    () => (ended = true),
  );
  for (let last: JobProgress | undefined; !ended; ) {
    if (told !== last) {
      last = told;
      yield told;
    } else {
      await Promise.race([end, new Promise<void>((next) => (heard = next))]);
    }
  }
  return steps;
}

/** The model's card as it was trained, whatever it was adapted to since. */
function trainedCard(library: BrowserLibrary): ModelCard {
  return (library.fact<ModelCard>("trained") ?? library.fact<ModelCard>("model")) as ModelCard;
}

/**
 * Lets the library answer by what came of a job.
 *
 * @throws DataError (missing) if the job did not end, or not with a better model
 */
export async function keepAdapted(library: BrowserLibrary, result: unknown): Promise<void> {
  const { better, adaptation } = (result ?? {}) as Partial<AdaptedFaces>;
  if (adaptation === undefined) throw shelfError("missing", "adapt: expected a job that ended with a model, but it has none.");
  if (better !== true) throw new DataError("adapt: expected a model that is better than before, but this is not.");
  const trained = trainedCard(library);
  await library.change(() => [
    { table: "facts", put: { name: "trained", value: trained } },
    { table: "facts", put: { name: "model", value: adaptedCard(trained, adaptation) } },
  ]);
}

/** @throws DataError (missing) if the library is not adapted */
export async function dropAdapted(library: BrowserLibrary): Promise<void> {
  await library.change(() => {
    const [card, trained] = [library.fact<ModelCard>("model"), library.fact<ModelCard>("trained")];
    if (card === undefined || trained === undefined || adaptationOf(card) === undefined) {
      throw shelfError("missing", "adapt: expected a library that was adapted, but it answers by its model as it was trained.");
    }
    return [
      { table: "facts", put: { name: "model", value: trained } },
      { table: "facts", drop: "trained" },
    ];
  });
}
