import type { FaceFilter, SetModel } from "@semblant/answers";
import { answersFor } from "@semblant/answers/internals";
import type { AppEvent, Job, Jobs, LibraryAbout, LookedFace, LookedPicture, PhotoList, Shelf } from "@semblant/api";
import { shelfError } from "@semblant/api";
import { Embeddings } from "@semblant/core";
import { adaptationOf } from "@semblant/faces/internals";
import { adaptLibrary, dropAdapted, keepAdapted } from "./adapt-library.ts";
import { addFiles } from "./add-files.ts";
import type { Asker } from "./asking/asker.ts";
import { namedModel } from "./asking/named-model.ts";
import { correct, listCorrections, withdraw } from "./corrections.ts";
import { documentNamed, documentNames, dropDocument, keepDocument } from "./documents.ts";
import { FaceSets } from "./face-sets.ts";
import { fileOf } from "./files.ts";
import { indexFiles } from "./index-files.ts";
import { TabJobs } from "./jobs.ts";
import type { BrowserLibrary } from "./keeping/browser-library.ts";
import type { FoundFace, PhotoReader, Pictures } from "./reading/photo-reader.ts";
import { forgetPhoto, storageOf } from "./storage.ts";
import { forgetClass, taughtClasses, teachLibrary } from "./teach-library.ts";
import { throttled } from "./throttled.ts";

/** What the shelf works with: the page's own, or a test's. */
export interface ShelfParts {
  readonly library: BrowserLibrary;
  readonly reader: PhotoReader;
  readonly pictures: Pictures;
  readonly asker: Asker;
}

/** Milliseconds between two events that say that the library changed: an index changes it with each photo. */
const calm = 400;

/** The library that the browser keeps, as a home of the app. */
export class BrowserShelf implements Shelf {
  readonly home = "browser";
  readonly library: BrowserLibrary;
  readonly jobs: Jobs & TabJobs;
  readonly #parts: ShelfParts;
  readonly #sets: FaceSets;
  readonly #listeners = new Set<(event: AppEvent) => void>();

  constructor(parts: ShelfParts) {
    const { library, reader, asker } = parts;
    this.#parts = parts;
    this.library = library;
    this.#sets = new FaceSets(library);
    this.jobs = new TabJobs(library.tabs, (start, signal) => {
      if (start.kind === "index") return indexFiles(library, reader, { start, signal });
      return adaptLibrary(library, this.#sets.of(), { asker, start });
    });
    const changed = throttled(() => this.#tell({ type: "revision", revision: library.revision }), calm);
    library.onChange(changed);
    library.onMessage((message) => message.type === "document" && this.#tell(message));
    this.jobs.onJob((job: Job) => this.#tell({ type: "job", job }));
  }

  async about(): Promise<LibraryAbout> {
    const library = await this.library.ready();
    const notFaces = new Set(listCorrections(library).flatMap(({ kind, faces }) => (kind === "not a face" ? faces : [])));
    return {
      name: nameOf([...library.rows("files").keys()] as string[]),
      photos: library.rows("photos").size,
      faces: library.rows("faces").size - notFaces.size,
      readonly: false,
      revision: library.revision,
      ...(library.fact("model") !== undefined && { model: aboutModel(this.#sets.model()) }),
      remarks: library.store.kept ? [] : ["This window keeps nothing: photos and corrections are gone when it is closed."],
    };
  }

  async faces(filter?: FaceFilter) {
    await this.library.ready();
    return this.#sets.of(filter);
  }

  async photos(): Promise<PhotoList> {
    const library = await this.library.ready();
    const photos = [...library.rows("photos").values()].sort((a, b) => a.id - b.id);
    return {
      photos: photos.map(({ remark: _remark, ...photo }) => photo),
      faces: photos.map(({ id }) => library.lookup.facesOf(id).length),
      unread: [...library.rows("errors").values()].map(({ path, reason }) => ({ path, reason })),
      remarks: photos.flatMap(({ path, remark }) => (remark === undefined ? [] : [{ path, remark }])),
    };
  }

  ask: Shelf["ask"] = async (asked, filter) => this.#parts.asker.ask(await this.faces(filter), asked);

  async picture(photo: number, side: number | "full"): Promise<Blob> {
    return this.#parts.pictures.upright(await this.#fileOf(photo), side);
  }

  async thumbnail(of: { readonly photo: number } | { readonly face: number }): Promise<Blob> {
    const library = await this.library.ready();
    const face = "face" in of ? library.rows("faces").get(of.face) : undefined;
    if ("face" in of && face === undefined) throw shelfError("missing", `faces: expected the id of a face, but ${of.face} is none.`);
    const photo = this.#photo(face?.photo ?? (of as { photo: number }).photo);
    const name = face === undefined ? `p${photo.hash}` : `f${face.id}`;
    const known = await library.store.get("thumbnails", name);
    if (known !== undefined) return known.picture;
    const picture = await this.#parts.pictures.thumbnail(await this.#fileOf(photo.id), face?.box);
    await library.change(() => [{ table: "thumbnails", put: { name, picture } }]);
    return picture;
  }

  async look(file: Blob): Promise<LookedPicture> {
    const library = await this.library.ready();
    const { reader } = this.#parts;
    const model = library.fact("model") === undefined ? namedModel(await reader.card(), []) : this.#sets.model();
    const { width, height, faces: found, remark } = await reader.read(file);
    const faces = lookedFaces(found, model).sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height);
    return { width, height, classes: model.classes, faces, ...(remark !== undefined && { remark }) };
  }

  corrections = async () => listCorrections(await this.library.ready());
  correct: Shelf["correct"] = async (given) => {
    await this.library.ready();
    return correct(this.library, given, this.#sets.model().classes);
  };
  withdraw = (id: number) => withdraw(this.library, id);

  documents = () => documentNames(this.library);
  document = (name: string) => documentNamed(this.library, name);
  keep = (name: string, value: unknown) => this.#told(name, keepDocument(this.library, name, value));
  drop = (name: string) => this.#told(name, dropDocument(this.library, name));

  add: NonNullable<Shelf["add"]> = (files) => addFiles(this.library, files);

  adapted = {
    keep: async (job: number) => keepAdapted(this.library, this.jobs.resultOf(job)),
    drop: () => dropAdapted(this.library),
  };

  taught: NonNullable<Shelf["taught"]> = {
    list: async () => taughtClasses(await this.library.ready()).map(({ name }) => name),
    teach: async (lesson) => teachLibrary(this.library, await this.faces(), { lesson, asker: this.#parts.asker }),
    forget: (name) => forgetClass(this.library, name),
  };

  storage: NonNullable<Shelf["storage"]> = {
    about: async () => storageOf(await this.library.ready()),
    forget: (photo) => forgetPhoto(this.library, photo),
    erase: async () => {
      await this.jobs.stopAll();
      await this.library.erase();
    },
  };

  watch(listener: (event: AppEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #tell(event: AppEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  async #told(name: string, work: Promise<void>): Promise<void> {
    await work;
    this.library.tabs.tell({ type: "document", name });
    this.#tell({ type: "document", name });
  }

  #photo(id: number) {
    const photo = this.library.rows("photos").get(id);
    if (photo !== undefined) return photo;
    throw shelfError("missing", `photos: expected the id of a photo, but ${id} is none.`);
  }

  async #fileOf(id: number): Promise<Blob> {
    const library = await this.library.ready();
    const { path } = this.#photo(id);
    const file = library.rows("files").get(path);
    if (file === undefined) throw shelfError("missing", `photos: expected the file of ${path}, but it is gone.`);
    return fileOf(library.store, file);
  }
}

/** The folder that all files are in; none where there are several. */
function nameOf(paths: readonly string[]): string {
  const tops = new Set(paths.map((path) => (path.includes("/") ? path.slice(0, path.indexOf("/")) : "")));
  const [only] = tops;
  return tops.size === 1 && only !== undefined ? only : "";
}

function aboutModel({ card, classes, kinds, dimensions }: SetModel) {
  const { name, version, summary, licence, measured } = card;
  const [first] = measured;
  const adapted = adaptationOf(card) !== undefined;
  return {
    name,
    version,
    summary,
    licence,
    classes,
    kinds: Array.from(kinds.parents),
    dimensions,
    adapted,
    ...(first && { measured: first }),
  };
}

function lookedFaces(found: readonly FoundFace[], model: SetModel): LookedFace[] {
  const values = Float32Array.from(found.flatMap(({ embedding }) => [...embedding]));
  const answers = answersFor(found, new Embeddings(values, model.dimensions), model);
  return answers.map(({ distribution, verdict, logDensity }, i) => {
    const { box, score, landmarks, quality, embedding } = found[i] as FoundFace;
    const most = distribution.reduce((best, share, c) => (share > (distribution[best] as number) ? c : best), 0);
    const [expression, probability] = [model.classes[most] as string, distribution[most] as number];
    return { box, score, landmarks, quality, embedding, distribution: [...distribution], expression, probability, verdict, logDensity };
  });
}
