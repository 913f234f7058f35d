import { statSync } from "node:fs";
import { taughtPath } from "../taught/files-beside.ts";
import { stampOfTaughtFact } from "../taught/taught-text.ts";
import { isServer } from "./dialect.ts";
import { facesStamp } from "./faces-stamp.ts";
import { fileOf, type Library } from "./library.ts";

/** Another text whenever photos, faces, corrections, the model or taught classes changed, whoever changed them; documents do not count. */
export function libraryStamp(library: Library): string {
  const file = fileOf(library);
  const taught = isServer(file) ? stampOfTaughtFact(file) : statSync(taughtPath(library.path), { throwIfNoEntry: false })?.mtimeMs;
  return `${facesStamp(file)} ${taught ?? ""}`;
}
