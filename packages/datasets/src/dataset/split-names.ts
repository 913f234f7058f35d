import type { SplitName } from "./dataset.ts";

const meanings: ReadonlyMap<string, SplitName> = new Map(
  Object.entries({
    train: "train",
    training: "train",
    validation: "validation",
    valid: "validation",
    val: "validation",
    publictest: "validation",
    test: "test",
    testing: "test",
    privatetest: "test",
  }),
);

/**
 * The split that a folder or a table's word means, or undefined if it is none. FER2013's own words are among them.
 *
 * @example
 * splitNamed("PublicTest"); // "validation"
 */
export function splitNamed(word: string): SplitName | undefined {
  return meanings.get(word.trim().toLowerCase());
}
