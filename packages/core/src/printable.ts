const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
/** Controls (C0, DEL, C1), halves of surrogate pairs, line and paragraph separators, and what turns the direction of writing. */
const unprintable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/**
 * A text that a terminal or a log may be given, whoever wrote it: characters that would steer the terminal, break the line or turn the
 * direction of writing stand as `\n` or `\u001b`, everything else as it is. Names of files, classes and models come from strangers.
 *
 * @param keep characters that are left as they are, like the line breaks of a text with several lines
 *
 * @example
 * printable("cat\u001b[2J.jpg"); // "cat\\u001b[2J.jpg"
 * printable("smörgås 😀"); // "smörgås 😀"
 */
export function printable(text: string, keep = ""): string {
  return text.replace(unprintable, (character) => {
    if (keep.includes(character)) return character;
    return short[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
