import * as pgvector from "../server/vectors.ts";
import { isServer } from "./dialect.ts";
import * as sqliteVec from "./nearest-faces.ts";
import type { LibraryFile } from "./open-file.ts";

/** Search's table: each face's embedding once more, as sqlite-vec or pgvector keeps it. Its rows follow those of `faces`. */
export interface VectorTable {
  add(face: number, embedding: Buffer): void;
  /** Gives a face the vector of another. */
  copy(copy: number, face: number): void;
  /** Takes out the vectors of a photo's faces, which are to go. */
  drop(photo: number): void;
}

/** @param vectors whether there is one */
export function vectorTable(file: LibraryFile, vectors: boolean): VectorTable | undefined {
  if (!vectors) return undefined;
  if (isServer(file)) {
    return {
      add: (face, embedding) => pgvector.addVectors(file, [[face, embedding]]),
      copy: (copy, face) => pgvector.copyVector(file, copy, face),
      drop() {}, // they go with their faces
    };
  }
  const add = file.prepare("INSERT INTO vectors (rowid, embedding) VALUES (?, ?)");
  const copyOf = file.prepare("INSERT INTO vectors (rowid, embedding) SELECT ?, embedding FROM faces WHERE id = ?");
  const dropOne = file.prepare("DELETE FROM vectors WHERE rowid = ?");
  const facesOf = file.prepare("SELECT id FROM faces WHERE photo = ?").pluck();
  return {
    add: (face, embedding) => void add.run(BigInt(face), embedding),
    copy: (copy, face) => void copyOf.run(BigInt(copy), face),
    drop: (photo) => {
      for (const face of facesOf.all(photo)) dropOne.run(BigInt(face as number));
    },
  };
}

/** Makes the table anew. */
export function remakeVectors(file: LibraryFile, dimensions: number): void {
  if (isServer(file)) pgvector.remakeVectors(file, dimensions);
  else sqliteVec.remakeVectors(file, dimensions);
}

/** Whether the table holds the faces and nothing else: sqlite-vec's does not where it was missing for a while. */
export const vectorsAligned = (file: LibraryFile): boolean => isServer(file) || sqliteVec.vectorsAligned(file);
