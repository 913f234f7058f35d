import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { DataError } from "@semblant/core";
import { inFileWords } from "@semblant/core/internals";
import { refuseFilled } from "@semblant/photos/internals";

/** What came of a static copy of the page. */
export interface StaticPage {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
}

/**
 * Copies the built page so that any web server can hand it out, in any folder: the page then answers by itself, in the visitor's browser.
 *
 * The folder is written whole or not at all.
 *
 * @throws OptionError if the folder holds files already
 * @throws DataError if it cannot be written
 */
export function writeStaticPage(built: string, folder: string): StaticPage {
  refuseFilled("app", folder);
  const target = resolve(folder);
  let beside: string | undefined;
  try {
    mkdirSync(dirname(target), { recursive: true });
    beside = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
    const made = beside;
    const copied = filesBelow(built).map((file) => {
      mkdirSync(dirname(join(made, file)), { recursive: true });
      if (file === "index.html") writeFileSync(join(made, file), staticIndex(readFileSync(join(built, file), "utf8")));
      else cpSync(join(built, file), join(made, file));
      return statSync(join(made, file)).size;
    });
    if (existsSync(target)) rmSync(target, { recursive: true }); // it is empty
    renameSync(beside, target);
    return { folder, files: copied.length, bytes: copied.reduce((sum, bytes) => sum + bytes, 0) };
  } catch (error) {
    throw inFileWords(error, folder);
  } finally {
    if (beside !== undefined) rmSync(beside, { recursive: true, force: true });
  }
}

/** Every file below a folder but hidden ones, by paths from it, in order. */
function filesBelow(folder: string, within = ""): string[] {
  return readdirSync(join(folder, within), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith("."))
    .flatMap((entry) => {
      const path = within === "" ? entry.name : `${within}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(folder, path) : [path];
    })
    .sort();
}

/** What a page that a web server hands out may load and do: no more than one of `semblant app`. */
const policy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'none'",
].join("; ");

const additions = [
  '<base href="./">',
  `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
  '<meta name="referrer" content="no-referrer">',
  '<link rel="manifest" href="./manifest.webmanifest">',
  '<link rel="apple-touch-icon" href="./icons/apple-180.png">',
];

/**
 * The page's HTML for a home in the browser: addresses from its own folder in place of the server's root.
 *
 * @throws DataError if it is not the HTML of the page as it is built
 */
export function staticIndex(html: string): string {
  const home = '<meta name="semblant-home" content="server">';
  const head = /<meta charset="utf-8">/i;
  if (!html.includes(home) || !head.test(html)) {
    throw new DataError("app: expected the built page, but its index.html is another.\n  Build it again: npm run app:static");
  }
  return html
    .replace(home, home.replace("server", "browser"))
    .replace(/(href|src)="\/(?!\/)/g, '$1="./')
    .replace(head, (charset) => [charset, ...additions].join("\n    "));
}
