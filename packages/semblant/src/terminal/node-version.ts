/** The oldest Node that everything here runs on: the command line parser and the charts need it. */
export const oldestNode = "22.12.0";

/**
 * The one sentence for a Node that is too old, or nothing. Kept free of imports, so that any Node can read it.
 *
 * @example
 * oldNodeSentence("24.1.0"); // undefined
 * oldNodeSentence("20.20.2");
 * // "semblant needs Node 22.12 or newer, and this is Node 20.20.2: install a newer one from https://nodejs.org."
 */
export function oldNodeSentence(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode.split(".").map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return (
    `semblant needs Node ${oldestMajor}.${oldestMinor} or newer, and this is Node ${version}: install ` +
    `a newer one from https://nodejs.org.`
  );
}
