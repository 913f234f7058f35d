import type { Change, FaceRow, PhotoRow } from "./rows.ts";

/** Photos by their paths and bytes, and faces by their photos: kept up with each change. */
export class PhotoLookup {
  readonly #byPath = new Map<string, PhotoRow>();
  readonly #byHash = new Map<string, Map<number, PhotoRow>>();
  readonly #facesOf = new Map<number, Map<number, FaceRow>>();
  readonly #photos = new Map<number, PhotoRow>();
  readonly #faces = new Map<number, FaceRow>();

  photoAt(path: string): PhotoRow | undefined {
    return this.#byPath.get(path);
  }

  /** Photos whose files have these bytes, the one that was read first before its copies. */
  photosOf(hash: string): readonly PhotoRow[] {
    return [...(this.#byHash.get(hash)?.values() ?? [])];
  }

  facesOf(photo: number): readonly FaceRow[] {
    return [...(this.#facesOf.get(photo)?.values() ?? [])];
  }

  clear(): void {
    for (const map of [this.#byPath, this.#byHash, this.#facesOf, this.#photos, this.#faces]) map.clear();
  }

  take(change: Change): void {
    if (change.table === "photos") {
      this.#dropPhoto("drop" in change ? (change.drop as number) : change.put.id);
      if ("put" in change) this.#putPhoto(change.put);
    } else if (change.table === "faces") {
      this.#dropFace("drop" in change ? (change.drop as number) : change.put.id);
      if ("put" in change) this.#putFace(change.put);
    }
  }

  #putPhoto(photo: PhotoRow): void {
    this.#photos.set(photo.id, photo);
    this.#byPath.set(photo.path, photo);
    this.#byHash.set(photo.hash, (this.#byHash.get(photo.hash) ?? new Map()).set(photo.id, photo));
  }

  #dropPhoto(id: number): void {
    const photo = this.#photos.get(id);
    if (photo === undefined) return;
    this.#photos.delete(id);
    if (this.#byPath.get(photo.path)?.id === id) this.#byPath.delete(photo.path);
    this.#byHash.get(photo.hash)?.delete(id);
  }

  #putFace(face: FaceRow): void {
    this.#faces.set(face.id, face);
    this.#facesOf.set(face.photo, (this.#facesOf.get(face.photo) ?? new Map()).set(face.id, face));
  }

  #dropFace(id: number): void {
    const face = this.#faces.get(id);
    if (face === undefined) return;
    this.#faces.delete(id);
    this.#facesOf.get(face.photo)?.delete(id);
  }
}
