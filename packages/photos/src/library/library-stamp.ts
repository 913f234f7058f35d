import { statSync } from "node:fs";
import { taughtPath } from "../taught/files-beside.ts";
import { fileOf, type Library } from "./library.ts";

/** Another text whenever photos, faces, corrections, the model or taught classes changed, whoever changed them; documents do not count. */
export function libraryStamp(library: Library): string {
  const file = fileOf(library);
  const one = (sql: string) => file.prepare(sql).pluck().get() as number | null | undefined;
  const taught = statSync(taughtPath(library.path), { throwIfNoEntry: false })?.mtimeMs;
  return [
    one("SELECT value FROM facts WHERE name = 'changes'"),
    one("SELECT seal FROM facts WHERE name = 'model'"),
    one("SELECT count(*) FROM corrections"),
    one("SELECT max(id) FROM corrections"),
    taught,
  ].join(" ");
}
