/**
 * Counts the words of the sentences in a Markdown text, so that a test can hold them short.
 *
 *   node test/prose.ts [README.md ...]     # a line a file: sentences, mean, longest, numbers per 100 words, words
 *
 * The rule. Left out: fenced code, headings, pictures, HTML, the addresses of links, and what scripts put between `<!-- name -->` and
 * `<!-- /name -->`. A sentence ends at `.`, `!` or `?` before a blank and a capital, and at the end of its paragraph or list item. A span
 * of code is one word. So is a list of three names or more (`AffectNet, CK+ and JAFFE`). A list item that ends without a mark is
 * a phrase: it may be no longer than a sentence, but does not lower the mean. Neither do the sentences in the cells of tables.
 */
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

export interface Sentence {
  readonly text: string;
  readonly words: number;
  /** A sentence of running text counts in the mean; a phrase of a list or a sentence in a table does not. */
  readonly running: boolean;
}

export interface Prose {
  readonly sentences: readonly Sentence[];
  /** Words a running sentence. */
  readonly mean: number;
  readonly longest: number;
  /** Words with a digit in a hundred of all, without those in code. */
  readonly numbers: number;
  /** All words outside tables. */
  readonly words: number;
}

/** Every Markdown file of the project that a person reads. */
export function proseFiles(root: string): string[] {
  return globSync("{*.md,{bench,docs,examples,experiments,models,paper,torture}/**/*.md,packages/*/*.md,.github/**/*.md}", { cwd: root })
    .filter((path) => !path.includes("node_modules"))
    .sort();
}

/**
 * @example
 * proseOf("Faces are found. They are named.").mean; // 3
 */
export function proseOf(markdown: string): Prose {
  const sentences = blocksOf(markdown).flatMap(({ text, kind }) =>
    sentencesOf(text).map((sentence) => ({
      text: sentence,
      words: wordsOf(sentence).length,
      running: kind === "text" || (kind === "item" && /[.!?:]["”)*_]*$/.test(sentence)),
    })),
  );
  const outsideTables = blocksOf(markdown).filter(({ kind }) => kind !== "cell");
  const words = outsideTables.flatMap(({ text }) => wordsOf(text));
  const running = sentences.filter((sentence) => sentence.running);
  return {
    sentences,
    mean: running.reduce((sum, sentence) => sum + sentence.words, 0) / Math.max(1, running.length),
    longest: Math.max(0, ...sentences.map((sentence) => sentence.words)),
    numbers: (100 * words.filter((word) => /\d/.test(word)).length) / Math.max(1, words.length),
    words: words.length,
  };
}

interface Block {
  readonly text: string;
  readonly kind: "text" | "item" | "cell";
}

/** Paragraphs, list items and table cells. */
function blocksOf(markdown: string): Block[] {
  const plain = markdown
    .replace(/^---\n[\s\S]*?\n---\n/, "")
    .replace(/^( *)(```|~~~)[\s\S]*?^\1\2.*$/gm, "\n")
    .replace(/<!-- ([\w-]+) -->[\s\S]*?<!-- \/\1 -->/g, "\n")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/!\[[^\]]*\]\([^)]*\)/g, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<[^>]+>/g, "");
  const blocks: Block[] = [];
  let open: { text: string; kind: "text" | "item" } | undefined;
  const close = () => {
    if (open !== undefined && open.text.trim() !== "") blocks.push(open);
    open = undefined;
  };
  for (const line of plain.split("\n")) {
    const item = /^\s*(?:[-*+]|\d+\.)\s+(.*)$/.exec(line);
    const quoted = line.replace(/^\s*>\s?/, "");
    if (/^\s*\|/.test(line)) {
      close();
      for (const cell of line.split("|")) if (/[a-z]/i.test(cell)) blocks.push({ text: cell.trim(), kind: "cell" });
    } else if (quoted.trim() === "" || /^\s*#{1,6} /.test(quoted)) close();
    else if (item !== null) {
      close();
      open = { text: item[1] as string, kind: "item" };
    } else if (open === undefined) open = { text: quoted.trim(), kind: "text" };
    else open.text += ` ${quoted.trim()}`;
  }
  close();
  return blocks;
}

/** Spans of code become one word, and lists of names one name. */
function simplified(text: string): string {
  const name = "(?:CODE|[A-Z][^\\s,;:()]*)";
  return text
    .replace(/`[^`]*`/g, "CODE")
    .replace(/[*_“”"]/g, "")
    .replace(new RegExp(`\\b${name}(?:, ${name}){1,},? (?:and|or) ${name}|${name}(?:, ${name}){2,}`, "g"), "NAMES");
}

function sentencesOf(text: string): string[] {
  // A dot inside code ends nothing, so code is taken out, cut around, and put back.
  const spans: string[] = [];
  const hidden = text.replace(/`[^`]*`/g, (span) => `CODE${spans.push(span) - 1}§`);
  return hidden
    .split(/(?<=[.!?]["”)*_]*)\s+(?=["“(*_]*(?:[A-Z0-9]))/)
    .map((sentence) => sentence.replace(/CODE(\d+)§/g, (_, i) => spans[Number(i)] as string).trim())
    .filter((sentence) => wordsOf(sentence).length > 0);
}

const wordsOf = (text: string): string[] =>
  simplified(text)
    .split(/[\s—–/]+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));

if (import.meta.main) {
  const root = resolve(import.meta.dirname, "..");
  const files = process.argv.length > 2 ? process.argv.slice(2) : proseFiles(root);
  const rows = files.map((path) => ({ path, ...proseOf(readFileSync(resolve(root, path), "utf8")) }));
  for (const { path, sentences, mean, longest, numbers, words } of rows) {
    const figures = [sentences.length, mean.toFixed(1), longest, numbers.toFixed(1), words];
    console.log(`${path.padEnd(40)} ${figures.map((figure) => String(figure).padStart(7)).join("")}`);
  }
}
