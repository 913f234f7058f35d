import { dialectOf } from "./dialect.ts";
import type { LibraryFile } from "./open-file.ts";

/** What is to be known of how a photo was read: that its file is cut short, or only a preview was there. */
export interface PhotoRemark {
  readonly path: string;
  readonly remark: string;
}

/** Every remark on photos of a library, by path; those that are damaged are left out, and `check` names them. */
export function photoRemarks(file: LibraryFile): PhotoRemark[] {
  const sound = `SELECT hash, remark FROM remarks WHERE ${dialectOf(file).whole("remarks")}`;
  const sql = `SELECT p.path, r.remark FROM (${sound}) r JOIN photos p ON p.hash = r.hash WHERE p.current = 1 ORDER BY p.path`;
  return file.prepare(sql).all() as PhotoRemark[];
}
