/** What is wrong with a name, for a person. */
export const notUtf8 = "its name is not UTF-8: rename it";

/**
 * Why there is no file of a name: bytes of a name that are not UTF-8 come as U+FFFD, by which it is not found.
 *
 * @example
 * [whyGone("caf\ufffd.jpg"), whyGone("cafe.jpg")]; // ["its name is not UTF-8: rename it", "there is no such file"]
 */
export function whyGone(path: string): string {
  return path.includes("\ufffd") ? notUtf8 : "there is no such file";
}
