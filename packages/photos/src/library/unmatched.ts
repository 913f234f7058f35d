import { show } from "@semblant/core/internals";
import { rememberedExclusions } from "./exclusions.ts";
import { conditionOf, type FaceFilter, folderOf } from "./face-filter.ts";
import { filterInWords } from "./filter-words.ts";
import { pathMatcher } from "./glob.ts";
import type { LibraryFile } from "./open-file.ts";

/**
 * Why a filter lets no face through, in words for a person; undefined where it lets one through, or there is no face at all
 * in the folder that it names.
 *
 * @throws OptionError as `conditionOf`
 */
export function whyUnmatched(file: LibraryFile, filter: FaceFilter, classes: readonly string[]): string | undefined {
  const matched = (part: FaceFilter) => {
    const { from, sql, values } = conditionOf(file, part, classes);
    return file
      .prepare(`SELECT EXISTS (SELECT 1 FROM ${from} WHERE ${sql})`)
      .pluck()
      .get(...values);
  };
  const { hidden, ...conditions } = filter;
  const shown = hidden === undefined ? {} : { hidden };
  if (matched(filter) === 1) return undefined;
  const folder = folderOf(filter);
  if (folder !== "") {
    const inside = "SELECT count(*) FROM photos WHERE current = 1 AND substr(path, 1, length(?) + 1) = ? || '/'";
    const photos = file.prepare(inside).pluck().get(folder, folder) as number;
    const out = photos === 0 ? rememberedExclusions(file).find((pattern) => pathMatcher([pattern])(folder)) : undefined;
    if (out !== undefined) {
      return (
        `the folder ${show(folder)} was left out of the library by --exclude ${show(out)}: ` +
        "index again without it, or with --no-exclude"
      );
    }
    if (photos === 0) return `the library has no photo in a folder ${show(folder)}`;
  }
  if (matched(shown) === 0) return undefined;
  if (hidden !== true && matched({ ...conditions, hidden: true }) === 1) return "corrections hide all that match (hidden=yes shows them)";
  const alone = Object.entries(conditions).find((part) => matched({ ...Object.fromEntries([part]), ...shown }) === 0);
  return alone === undefined
    ? `no face has all of ${filterInWords(conditions)}`
    : `no face has ${filterInWords(Object.fromEntries([alone]))}`;
}
