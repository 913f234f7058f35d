import { OptionError } from "@semblant/core";
import { printable, show } from "@semblant/core/internals";
import { isMeasurable } from "./search-words.ts";

const longest = 100;

/**
 * Refuses a name for a taught class that no search could ask for: words have commas between, `NAME/2` is a sub-class, a number is a face,
 * `not NAME` is its opposite, and "mouth open" is measured.
 *
 * @throws OptionError if the name is one of these, begins with neither a letter nor a digit, or has more than 100 characters
 */
export function refuseUnaskable(where: string, name: string): void {
  const word = name.trim();
  const asked =
    /^[\p{L}\p{N}]/u.test(word) &&
    !/[,/\\]/.test(word) &&
    !/^\d+$/.test(word) &&
    !/^(not|no|without) /i.test(word) &&
    !/-looking$/i.test(word) &&
    !isMeasurable(word.toLowerCase()) &&
    printable(word) === word &&
    word.length <= longest;
  if (asked) return;
  throw new OptionError(
    `${where}: expected a name that a search can ask for, but got ${show(name)}.\n` +
      `  Take a word of at most ${longest} characters, without comma or slash, like smirk.`,
  );
}
