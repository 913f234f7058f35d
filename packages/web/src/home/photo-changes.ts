import type { BrowserLibrary } from "./keeping/browser-library.ts";
import type { Change, FileRow } from "./keeping/rows.ts";
import type { ReadPhoto } from "./reading/photo-reader.ts";

/** The rows of a photo that was read, in place of what was known of its path. */
export function rowsOf(library: BrowserLibrary, file: FileRow, read: ReadPhoto): readonly Change[] {
  if (library.rows("files").get(file.path)?.hash !== file.hash) return [triedOut(library, file.hash)]; // it was taken away meanwhile
  const { path, bytes, modified, hash } = file;
  const { faces, thumbnail, faceThumbnails, ...facts } = read;
  const [photo, face] = [nextId(library, "photo"), nextId(library, "face")];
  return [
    ...without(library, path),
    triedOut(library, hash),
    { table: "photos", put: { id: photo, path, bytes, modified, hash, ...facts } },
    ...faces.map((one, i): Change => ({ table: "faces", put: { id: face + i, photo, ...one } })),
    { table: "thumbnails", put: { name: `p${hash}`, picture: thumbnail } },
    ...faceThumbnails.map((picture, i): Change => ({ table: "thumbnails", put: { name: `f${face + i}`, picture } })),
    ...counted({ photo, face: face + faces.length - 1 }),
  ];
}

/** The same bytes under one more path. */
export function copyOf(library: BrowserLibrary, { path, bytes, modified, hash }: FileRow): readonly Change[] {
  const [original] = library.lookup.photosOf(hash);
  if (original === undefined) return [];
  const [photo, face] = [nextId(library, "photo"), nextId(library, "face")];
  const faces = library.lookup.facesOf(original.id);
  return [
    ...without(library, path),
    { table: "photos", put: { ...original, id: photo, path, bytes, modified, hash } },
    ...faces.map((one, i): Change => ({ table: "faces", put: { ...one, id: face + i, photo } })),
    ...counted({ photo, face: face + faces.length - 1 }),
  ];
}

/** What takes away all that is known of a path, but its file. */
export function without(library: BrowserLibrary, path: string): readonly Change[] {
  const changes: Change[] = library.rows("errors").has(path) ? [{ table: "errors", drop: path }] : [];
  const photo = library.lookup.photoAt(path);
  if (photo === undefined) return changes;
  if (library.lookup.photosOf(photo.hash).length === 1) changes.push({ table: "thumbnails", drop: `p${photo.hash}` });
  for (const { id } of library.lookup.facesOf(photo.id)) {
    changes.push({ table: "faces", drop: id }, { table: "thumbnails", drop: `f${id}` });
  }
  return [...changes, { table: "photos", drop: photo.id }];
}

/** How often a tab ended while it read the bytes of a hash. */
export const triesOf = (library: BrowserLibrary): Readonly<Record<string, number>> => library.fact("tries") ?? {};

/** What takes away that a tab ended while it read some bytes. */
export function triedOut(library: BrowserLibrary, hash: string): Change {
  const { [hash]: _, ...tries } = triesOf(library);
  return { table: "facts", put: { name: "tries", value: tries } };
}

/** Ids are never given twice: what people keep names faces by them. */
function nextId(library: BrowserLibrary, of: "photo" | "face"): number {
  return (library.fact<number>(`last ${of}`) ?? 0) + 1;
}

function counted(last: Readonly<Record<"photo" | "face", number>>): readonly Change[] {
  return (["photo", "face"] as const).map((of) => ({ table: "facts", put: { name: `last ${of}`, value: last[of] } }));
}
