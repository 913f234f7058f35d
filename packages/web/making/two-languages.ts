import type { Plugin } from "vite";

/** The words of react-aria's own parts, of which the page has two languages. */
const foreign = /[\\/]intl[\\/](?:[^\\/]+[\\/])?(?!en-US|de-DE)[a-z]{2}-[A-Z]{2}\.mjs$/;

/** Leaves out what react-aria says in thirty other languages: some hundred kilobytes that nobody reads. */
export function twoLanguages(): Plugin {
  return {
    name: "semblant-two-languages",
    enforce: "pre",
    load: { filter: { id: foreign }, handler: () => "export default {};" },
  };
}
