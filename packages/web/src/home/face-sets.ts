import { chooseFaces, type FaceFilter, type FaceRecord, type FaceSet, type NamedClass, type SetModel } from "@semblant/answers";
import { groupingOf } from "@semblant/answers/internals";
import { DataError, Embeddings } from "@semblant/core";
import type { ModelCard } from "@semblant/faces";
import { namedModel } from "./asking/named-model.ts";
import { hiddenPhotos, listCorrections } from "./corrections.ts";
import type { BrowserLibrary } from "./keeping/browser-library.ts";
import type { FaceRow, PhotoRow } from "./keeping/rows.ts";

/** The faces of the browser's library in memory, made once per revision and filter. */
export class FaceSets {
  readonly #library: BrowserLibrary;
  #revision = -1;
  #known: { readonly card: ModelCard; readonly taught: unknown; readonly model: SetModel } | undefined;
  readonly #sets = new Map<string, FaceSet>();

  constructor(library: BrowserLibrary) {
    this.#library = library;
  }

  /**
   * What faces are named by, with what it was taught.
   *
   * @throws DataError while nothing was indexed
   */
  model(): SetModel {
    const card = this.#library.fact<ModelCard>("model");
    if (card === undefined) {
      throw new DataError("library: expected faces in this browser, but no photo was read yet.\n  Add photos, and let them be read.");
    }
    const taught = this.#library.fact<readonly NamedClass[]>("taught");
    if (this.#known?.card !== card || this.#known.taught !== taught) this.#known = { card, taught, model: namedModel(card, taught ?? []) };
    return this.#known.model;
  }

  /** The faces that a filter lets through, in the order of their ids, without what corrections hide or call no face. */
  of(filter: FaceFilter = {}): FaceSet {
    const { revision } = this.#library;
    if (this.#revision !== revision) this.#sets.clear();
    this.#revision = revision;
    const { hidden = false, ...rest } = filter;
    const all = this.#kept(String(hidden), () => this.#all(hidden));
    return Object.keys(rest).length === 0 ? all : this.#kept(JSON.stringify(filter), () => chooseFaces(all, rest));
  }

  #kept(name: string, make: () => FaceSet): FaceSet {
    const set = this.#sets.get(name) ?? make();
    this.#sets.set(name, set);
    return set;
  }

  /** @param hidden also what corrections hide */
  #all(hidden: boolean): FaceSet {
    const model = this.model();
    const corrections = listCorrections(this.#library);
    const grouping = groupingOf(corrections);
    const isHidden = hidden ? () => false : hiddenPhotos(this.#library);
    const shows = ({ id, photo }: FaceRow) =>
      !grouping.notFaces.has(id) && (hidden || !grouping.hidden.has(id)) && !isHidden(this.#library.rows("photos").get(photo) as PhotoRow);
    const shown = [...this.#library.rows("faces").values()].filter(shows).sort((a, b) => a.id - b.id);
    const labels = new Map<number, string>();
    for (const { faces, label } of corrections) if (label !== undefined) for (const face of faces) labels.set(face, label);
    const faces = shown.map(({ embedding: _embedding, ...face }): FaceRecord => {
      const label = labels.get(face.id);
      const { together, apart } = grouping;
      return { ...face, ...(label !== undefined && { label }), together: together.get(face.id) ?? [], apart: apart.get(face.id) ?? [] };
    });
    const values = new Float32Array(shown.length * model.dimensions);
    for (const [i, { embedding }] of shown.entries()) values.set(embedding, i * model.dimensions);
    const embeddings = new Embeddings(values, model.dimensions, { ids: shown.map(({ id }) => String(id)) });
    const withFaces = new Set(shown.map(({ photo }) => photo));
    const photos = [...this.#library.rows("photos").values()]
      .filter((photo) => withFaces.has(photo.id) || (!isHidden(photo) && this.#library.lookup.facesOf(photo.id).length === 0))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
    return { faces, embeddings, photos: new Map(photos.map((photo) => [photo.id, photo])), model, root: "" };
  }
}
