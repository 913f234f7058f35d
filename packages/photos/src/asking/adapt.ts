import { basename, resolve } from "node:path";
import { type AdaptedFaces, type AdaptFacesOptions, adaptFaces, type FaceSet, type PhotoRecord } from "@semblant/answers";
import { adaptFacesOptions, labelledRows, labelOfFolder } from "@semblant/answers/internals";
import { DataError, OptionError } from "@semblant/core";
import { whoInName } from "@semblant/core/internals";
import { cardOf, type ModelCard } from "@semblant/faces";
import { adaptationOf } from "@semblant/faces/internals";
import { readModel, shippedWithChecksum } from "../models/read-model.ts";
import {
  type KeepAdaptedOptions,
  type KeepingAdapted,
  keepAdapted,
  keepAdaptedOptions,
  modelOfLibrary,
  refuseKeptNowhere,
  refuseOtherLibrary,
} from "./keep-adapted.ts";
import type { PhotosOptions } from "./photo-folder.ts";
import { type Answered, facesAsked, type Photos, partOptions } from "./photos.ts";

export interface AdaptOptions extends Omit<PhotosOptions, "taught">, AdaptFacesOptions, KeepAdaptedOptions {
  /**
   * Where the library lies, if not in its folder: a file, or the address of a PostgreSQL server. It is the library of `into` where that is
   * a folder, and never that of another, labelled folder; else it is the labelled folder's own.
   */
  readonly library?: string;
  /** The label of a photo, or undefined for one without; by default its folder's name (`happy/a.jpg`, `train/happy/a.jpg`). */
  readonly labelOf?: (photo: PhotoRecord) => string | undefined;
  /** Who is in a photo, or "" where that is not known; by default as names of files and folders say (`happy/P001/a.jpg`). */
  readonly personOf?: (photo: PhotoRecord) => string;
  /** Takes the faces whose expression a person corrected, in place of labelled photos (false). */
  readonly corrected?: boolean;
}

/** A model that was adapted to somebody's faces, and what it is worth. */
export interface Adapted extends AdaptedFaces {
  /** Where it is kept as a file; absent where it was no better, or no file was asked for. */
  readonly file?: string;
  /** The library that answers by it from now on. */
  readonly library?: string;
  /** Paths of labelled photos in which no face was found. */
  readonly withoutFaces: readonly string[];
  /** Paths of labelled photos whose face is turned and could not be righted. */
  readonly turned: readonly string[];
  /** Photos without a label. */
  readonly unlabeled: number;
}

/**
 * Adapts a model to labelled faces of your own, in a minute and without training: its Gaussians are fitted anew, and its network stays.
 * Says how well these faces were named before and are after, each by Gaussians that have not seen its person. What is no better is not
 * kept.
 *
 * @param photos a labelled folder (`happy/a.jpg`), an open library, or faces
 * @returns `better` says whether it is kept
 * @throws OptionError if it is to be kept nowhere, or an option is out of range or unknown
 * @throws DataError if no face has a label, the model does not know one, there are fewer than 3 faces of a class, or the folder or model
 *   cannot be opened
 *
 * @example
 * await adapt("no/such/folder", { out: "mine.json" });
 * // throws DataError: library: expected a folder of photos, but there is no no/such/folder.
 */
export async function adapt(
  photos: Photos,
  options: AdaptOptions = {},
  progress: (text: string) => void = () => {},
): Promise<Answered<Adapted>> {
  const names = [...adaptFacesOptions, ...keepAdaptedOptions, "labelOf", "personOf", "corrected"] as const;
  type Own = Pick<AdaptOptions, (typeof names)[number]>;
  const [own, others] = partOptions<Own, PhotosOptions>(options, names);
  refuseKeptNowhere(own);
  const [keeping, given] = partLibrary(photos, own, others);
  const ofLibrary = await modelOfLibrary(keeping); // where there is no library, it is said before the work
  const model = given.model ?? ofLibrary;
  const of = { ...given, taught: false, ...(model !== undefined && typeof photos === "string" && { model }) };
  const { set, errors } = await facesAsked("adapt", photos, typeof photos === "string" || !("faces" in photos) ? of : given, progress);
  const card = await cardAsTrained(set, of);
  await refuseOtherLibrary(keeping, card);
  const { rows, given: labels, ...rest } = own.corrected === true ? correctedRows(set) : labelledRows(set, own.labelOf ?? labelOfFolder);
  refuseUnlabelled(set, labels, rest.withoutFaces, own.corrected === true);
  const { personOf = personInName } = own;
  const people = rows.map((row) => personOf(set.photos.get(set.faces[row]?.photo as number) as PhotoRecord));
  const data = typeof photos === "string" ? basename(resolve(photos)) : "labelled faces";
  const steps = adaptFaces(card, { data, embeddings: set.embeddings.take(rows), given: labels, people }, own);
  let step = steps.next();
  for (; !step.done; step = steps.next()) progress(`judging: ${step.value.done}/${step.value.of}`);
  const { labeled, withoutFaces, turned } = rest;
  const adapted = { ...step.value, withoutFaces, turned, unlabeled: set.photos.size - labeled };
  const kept = await keepAdapted(step.value, keeping, { card, model });
  return { ...adapted, ...kept, set, errors };
}

/** What is kept where, and how the labelled photos are opened: `library` belongs to the folder whose library is to answer. */
function partLibrary(photos: Photos, { out, into }: KeepAdaptedOptions, given: PhotosOptions): [KeepingAdapted, PhotosOptions] {
  const keeping = { ...(out !== undefined && { out }), ...(into !== undefined && { into }) };
  const { library, ...rest } = given;
  if (library === undefined || typeof into !== "string") return [keeping, given];
  const isSame = typeof photos === "string" && resolve(photos) === resolve(into);
  return [{ ...keeping, library }, isSame ? given : rest];
}

/** Who is in a photo, as names of files and folders say. */
const personInName = ({ path }: PhotoRecord) => whoInName(path)?.subject ?? "";

/** Faces whose expression a person corrected. */
function correctedRows(set: FaceSet): ReturnType<typeof labelledRows> {
  const rows = [...set.faces.keys()].filter((row) => set.faces[row]?.label !== undefined);
  const upright = rows.filter((row) => set.faces[row]?.turned !== true);
  const pathOf = (row: number) => set.photos.get(set.faces[row]?.photo as number)?.path ?? "";
  return {
    rows: upright,
    given: upright.map((row) => set.faces[row]?.label as string),
    labeled: new Set(rows.map((row) => set.faces[row]?.photo)).size,
    withoutFaces: [],
    turned: rows.filter((row) => set.faces[row]?.turned === true).map(pathOf),
  };
}

/** The card of the model that is adapted: as its network was trained, whatever the library was adapted to before. */
async function cardAsTrained(set: FaceSet, { model, reader }: PhotosOptions): Promise<ModelCard> {
  if (model !== undefined && reader === undefined) return cardOf(await readModel(model));
  if (adaptationOf(set.model.card) === undefined) return set.model.card;
  const word = await shippedWithChecksum(set.model.card.checksum);
  if (word !== undefined) return cardOf(await readModel(word));
  throw new OptionError(
    `adapt: expected the model that ${JSON.stringify(set.model.card.name)} was made of, which does not ship.\n  Name its file: --model`,
  );
}

function refuseUnlabelled(set: FaceSet, labels: readonly string[], withoutFaces: readonly string[], corrected: boolean): void {
  if (labels.length > 0) return;
  if (corrected) {
    throw new DataError(
      "adapt: expected faces whose expression was corrected, but there are none.\n" +
        "  Correct some with: semblant library correct --label 12=sadness",
    );
  }
  const none = set.faces.length === 0 ? "no face was found in any photo" : "no face has one";
  const all = withoutFaces.length > 0 && set.faces.length > 0 ? "no face was found in any labelled photo" : none;
  throw new DataError(`adapt: expected faces with labels, in folders named by them (happy/a.jpg), but ${all}.`);
}
