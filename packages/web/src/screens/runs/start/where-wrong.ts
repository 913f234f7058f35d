/**
 * Which setting a refusal is about, by the words of the command: the longest name that stands in them.
 *
 * @param names dotted names of settings
 */
export function settingIn(message: string, names: readonly string[]): string | undefined {
  const named = names.filter((name) => new RegExp(`(^|[^\\w.])${name.replaceAll(".", "\\.")}($|[^\\w])`).test(message));
  return named.toSorted((a, b) => b.length - a.length)[0];
}
