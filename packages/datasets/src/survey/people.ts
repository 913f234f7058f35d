import { type Who, whoInName } from "@semblant/core/internals";
import type { PeopleKnown } from "../dataset/dataset.ts";
import { classKey } from "../labels/class-names.ts";
import type { LabeledFile } from "./labelled-file.ts";

/**
 * Where who is in a picture is looked for: `found`, wherever it stands (the set's own layout, columns of a table, names of files and
 * folders); `layout`, only where the set's own layout says it; `none`, nowhere, as if nobody were known.
 */
export type People = "found" | "layout" | "none";

/**
 * Who is in a picture of a table or of a class's folder, by its name and its folders. The folder that is called as its class is left out:
 * it says what is shown, not who.
 *
 * @example
 * whoInFile("happy/AF01HAS.JPG", "happiness")?.subject; // "F01"
 */
export function whoInFile(file: string, label: string): Who | undefined {
  const parts = file.split("/");
  const name = parts.pop() as string;
  return whoInName([...parts.filter((folder) => classKey(folder) !== classKey(label)), name].join("/"));
}

/**
 * Files with what their names say of people, where nothing else has said it; and by what.
 *
 * @param root folder in which names of folders and columns mean who they mean
 * @param by what told those who are known already
 */
export function findPeople(
  files: readonly LabeledFile[],
  { root, by }: { readonly root: string; readonly by?: string },
): { files: LabeledFile[]; people?: PeopleKnown } {
  const ways = new Set<string>();
  const found = files.map((file): LabeledFile => {
    const who = whoInFile(file.file, file.label ?? "");
    if (file.subject !== undefined || file.sequence !== undefined) {
      if (by !== undefined) ways.add(by);
      const sequence = file.sequence ?? who?.sequence;
      return sequence === undefined ? file : { ...file, sequence };
    }
    if (who === undefined) return file;
    ways.add(who.by);
    return { ...file, subject: who.subject, ...(who.sequence !== undefined && { sequence: who.sequence }) };
  });
  if (ways.size === 0) return { files: found };
  const names = [...ways];
  const everywhere = names.every((way) => way.endsWith(" file names"));
  return { files: found, people: { by: names.join(" and "), ...(!everywhere && { within: root }) } };
}

/** The same files, of whom nothing is known. */
export function forgetPeople(files: readonly LabeledFile[]): LabeledFile[] {
  return files.map(({ subject: _subject, sequence: _sequence, ...file }) => file);
}

/**
 * What may not be torn apart where splits are drawn: all pictures of a person, or of a recording where the person is not known; undefined
 * where neither is.
 */
export function unitOf({ subject, sequence }: { readonly subject?: string | undefined; readonly sequence?: string | undefined }) {
  return subject ?? (sequence === undefined ? undefined : `sequence ${sequence}`);
}
