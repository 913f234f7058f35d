import type { LibraryFile } from "./open-file.ts";

/** Another text whenever photos, faces, corrections or the model changed, whoever changed them. */
export function facesStamp(file: LibraryFile): string {
  const one = (sql: string) => file.prepare(sql).pluck().get() as number | null | undefined;
  return [
    one("SELECT value FROM facts WHERE name = 'changes'"),
    one("SELECT seal FROM facts WHERE name = 'model'"),
    one("SELECT count(*) FROM corrections"),
    one("SELECT max(id) FROM corrections"),
  ].join(" ");
}
