import { existsSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { type FaceSet, type SearchHits, type SetModel, searchByWords } from "@semblant/answers";
import { areWords, checkedCount, finiteEmbedding, hitsOf, leakOf } from "@semblant/answers/internals";
import { DataError, OptionError, ShapeError } from "@semblant/core";
import { refuseUnknown, show } from "@semblant/core/internals";
import type { Box, Picture } from "@semblant/faces";
import { readEmbeddings } from "@semblant/files";
import { isEmbeddingsName } from "@semblant/files/internals";
import { notUtf8 } from "../pictures/missing-file.ts";
import { type FoundFace, facesIn, type LibraryReader, type PhotoReading } from "../reading/reading.ts";
import { knowingTaught } from "../taught/knowing-taught.ts";
import type { FaceCodes } from "./face-codes.ts";
import type { FaceFilter } from "./face-filter.ts";
import { inOurWords } from "./failures.ts";
import { floats } from "./float-bytes.ts";
import type { Looking, Near } from "./near.ts";
import type { LibraryFile } from "./open-file.ts";
import { readFaceSet } from "./read-face-set.ts";

/**
 * What to search for: a face by its id, a photo by its path, words for the classes, a picture, or an embedding. A text is what it can be,
 * in that order: "#12" or "12", "me.jpg", "happy, mouth open". Of several faces in a photo, the largest is meant.
 */
export type Query = number | string | { readonly path: string } | { readonly words: string } | Picture | Float32Array;

export interface LibrarySearchOptions {
  /** How many faces (12). */
  readonly k?: number;
  readonly filter?: FaceFilter;
  /** By the index beside the library, which is faster for very many faces and finds most of what exact search does (false). */
  readonly approximate?: boolean;
}

/** What a search of a library found. */
export interface LibraryHits extends SearchHits {
  readonly query:
    | { readonly kind: "face"; readonly face: number; readonly path: string }
    /** `face` where the photo is in the library; `width` and `height` are the photo's, `of` the faces in it. */
    | {
        readonly kind: "photo";
        readonly path: string;
        readonly face?: number;
        readonly box: Box;
        readonly width: number;
        readonly height: number;
        readonly of: number;
      }
    | { readonly kind: "picture"; readonly box: Box; readonly of: number }
    | { readonly kind: "embedding" }
    | { readonly kind: "words"; readonly words: string };
  /** What was left out since it is damaged, and why an index could not be kept, each in a sentence. */
  readonly remarks?: readonly string[];
}

/** What searching works with. */
export interface Searching {
  readonly file: LibraryFile;
  readonly root: string;
  /** The library's file. */
  readonly path: string;
  readonly model: SetModel;
  /** The model's, and those that were taught. */
  classes(): readonly string[];
  openReader(): Promise<LibraryReader>;
  readPhoto(place: string): Promise<PhotoReading>;
  /** The faces whose embeddings are nearest to one. */
  near(vector: Float32Array, looking: Omit<Looking, "model">): Promise<Near>;
  /** Codes of all embeddings; undefined where reading them is not worth it. */
  openCodes(): Promise<FaceCodes | undefined>;
}

type Asked = { readonly query: LibraryHits["query"]; readonly vector: Float32Array; readonly except?: number };

/** Searches a library; see `search`. What fails is said in our words. */
export async function searchLibrary(searching: Searching, query: Query, options: LibrarySearchOptions): Promise<LibraryHits> {
  try {
    return await hitsInLibrary(searching, query, options);
  } catch (error) {
    throw inOurWords(error, searching.path);
  }
}

async function hitsInLibrary(searching: Searching, query: Query, options: LibrarySearchOptions): Promise<LibraryHits> {
  refuseUnknown("search", options, ["k", "filter", "approximate"]);
  const { model } = searching;
  const { filter = {}, approximate = false } = options;
  const k = checkedCount(options.k);
  const asked = await askedFor(searching, query);
  if ("words" in asked) {
    const set = knowingTaught({ ...readFaceSet(searching, filter), library: searching.path }, searching.file);
    return { query: { kind: "words", words: asked.words }, ...searchByWords(set, asked.words, { k }), ...remarksOf(set) };
  }
  const wanted = asked.except === undefined ? k : k + 1;
  const near = await searching.near(asked.vector, { k: wanted, filter, approximate });
  const found = near.faces.filter(({ face }) => face !== asked.except).slice(0, k);
  const set = readFaceSet(
    searching,
    { hidden: true },
    found.map(({ face }) => face),
  );
  const rowOf = new Map(set.faces.map((face, row) => [face.id, row]));
  const hits = hitsOf(
    set,
    found.flatMap(({ face, distance }) => (rowOf.has(face) ? [{ row: rowOf.get(face) as number, distance }] : [])),
  );
  const others = asked.except === undefined ? near.searched : Math.max(0, near.searched - 1);
  return {
    query: asked.query,
    hits,
    searched: others,
    exact: near.recall === undefined,
    ...(near.recall !== undefined && { recall: near.recall }),
    ...leakOf({ model }),
    ...remarksOf(set, near.remark),
  };
}

function remarksOf({ remarks = [] }: FaceSet, more?: string): Pick<LibraryHits, "remarks"> {
  const all = more === undefined ? remarks : [...remarks, more];
  return all.length === 0 ? {} : { remarks: all };
}

async function askedFor(searching: Searching, query: Query): Promise<Asked | { readonly words: string }> {
  const { model } = searching;
  if (typeof query === "number") return faceAsked(searching, query);
  if (typeof query === "string") {
    const id = /^#?(\d+)$/.exec(query.trim())?.[1];
    if (id !== undefined) return faceAsked(searching, Number(id));
    const known = knownPhoto(searching, query);
    if (known !== undefined) return known;
    if (existsSync(query)) return isEmbeddingsName(query) ? arrayAsked(searching, query) : photoAsked(searching, query);
    if (query.includes("\ufffd")) throw new DataError(`search: expected a photo, but got ${show(query)}: ${notUtf8}.`);
    if (areWords(query, searching.classes()) || !/[./\\]/.test(query)) return { words: query };
    throw new OptionError(
      `search: expected a face's id, a photo or words for the classes, but got ${show(query)}.\n` +
        `  Words: ${searching.classes().join(", ")}; mouth open, eyes closed, frontal, sharp`,
    );
  }
  if ("words" in query) return { words: query.words };
  if ("path" in query) return knownPhoto(searching, query.path) ?? photoAsked(searching, query.path);
  if (query instanceof Float32Array) {
    if (query.length === model.dimensions) return { query: { kind: "embedding" }, vector: finiteEmbedding(query) };
    throw new ShapeError(`search: expected an embedding of ${model.dimensions} numbers, but got ${query.length}.`);
  }
  const { face, of } = largest(await facesIn(query, await searching.openReader()), "the picture");
  return { query: { kind: "picture", box: face.box, of }, vector: face.embedding };
}

/** The one row of a file of embeddings. */
async function arrayAsked({ model }: Searching, path: string): Promise<Asked> {
  const X = await readEmbeddings(path);
  if (X.rows !== 1) throw new DataError(`search: expected one embedding, but ${path} has ${X.rows} rows.`);
  if (X.columns === model.dimensions) return { query: { kind: "embedding" }, vector: X.row(0) };
  throw new ShapeError(`search: expected an embedding of ${model.dimensions} numbers, but ${path} has ${X.columns}.`);
}

function faceAsked({ file, model }: Searching, id: number): Asked {
  const row = file.prepare("SELECT f.embedding, p.path FROM faces f JOIN photos p ON p.id = f.photo WHERE f.id = ?").get(id) as
    | { embedding: Buffer; path: string }
    | undefined;
  if (row === undefined) throw new DataError(`search: expected the id of a face of this library, but ${show(id)} is none.`);
  return { query: { kind: "face", face: id, path: row.path }, vector: wholeVector(row.embedding, id, model), except: id };
}

function wholeVector(embedding: Buffer, face: number, { dimensions }: SetModel): Float32Array {
  const vector = floats(embedding);
  if (vector.length === dimensions && vector.every(Number.isFinite)) return vector;
  throw new DataError(`search: expected face ${face} to be whole, but it is damaged.\n  Mend it with: semblant library repair`);
}

/** A photo of the library is not read again. */
function knownPhoto({ file, root, model }: Searching, given: string): Asked | undefined {
  const path = isAbsolute(given) || existsSync(given) ? relative(resolve(root), resolve(given)).split(sep).join("/") : given;
  const sql = `SELECT p.width AS photoWidth, p.height AS photoHeight,
      f.id, f.x, f.y, f.width, f.height, f.embedding, count(*) OVER () AS total
    FROM photos p LEFT JOIN faces f ON f.photo = p.id WHERE p.current = 1 AND p.path = ? ORDER BY f.width * f.height DESC, f.id LIMIT 1`;
  const row = file.prepare(sql).get(path) as
    | (Box & { id: number | null; photoWidth: number; photoHeight: number; embedding: Buffer; total: number })
    | undefined;
  if (row === undefined) return undefined;
  if (row.id === null) throw new DataError(`search: expected a face in ${path}, but none was found there.`);
  const { id: face, x, y, photoWidth: width, photoHeight: height, total: of } = row;
  const box = { x, y, width: row.width, height: row.height };
  return { query: { kind: "photo", path, face, box, width, height, of }, vector: wholeVector(row.embedding, face, model), except: face };
}

async function photoAsked(searching: Searching, path: string): Promise<Asked> {
  const { faces, width, height } = await searching.readPhoto(resolve(path));
  const { face, of } = largest(faces, path);
  return { query: { kind: "photo", path, box: face.box, width, height, of }, vector: face.embedding };
}

function largest(faces: readonly FoundFace[], where: string): { face: FoundFace; of: number } {
  const size = ({ box }: FoundFace) => box.width * box.height;
  const face = faces.reduce<FoundFace | undefined>((most, one) => (most === undefined || size(one) > size(most) ? one : most), undefined);
  if (face === undefined) throw new DataError(`search: expected a face in ${where}, but none was found there.`);
  return { face, of: faces.length };
}
