/**
 * A command as it can be typed into a shell: words with blanks or signs in them stand in quotes.
 *
 * @example
 * commandLine(["semblant", "index", "My Pictures"]); // "semblant index 'My Pictures'"
 */
export function commandLine(words: readonly string[]): string {
  return words.map((word) => (/^[\w@%+=:,./\\~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}
