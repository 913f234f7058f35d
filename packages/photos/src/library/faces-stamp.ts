import { dialectOf } from "./dialect.ts";
import type { LibraryFile } from "./open-file.ts";

/** Another text whenever photos, faces, corrections or the model changed, whoever changed them. */
export function facesStamp(file: LibraryFile): string {
  const fact = (value: string, name: string) => `(SELECT ${value} FROM facts WHERE name = '${name}')`;
  const counts = "(SELECT count(*) FROM corrections), (SELECT max(id) FROM corrections)";
  const sql = `SELECT ${fact("value", "changes")}, ${fact(dialectOf(file).version, "model")}, ${counts}`;
  return (file.prepare(sql).raw().get() as readonly unknown[]).join(" ");
}
