import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

/** A package of which something is in the page. */
interface Part {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/** Licences that ask for nothing but their own text: a part under any other stops the build, so that a person looks at it. */
const free = /^(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|Unlicense|CC0-1\.0)$/;

/**
 * Writes NOTICE.txt beside the page: the parts of others that are in it, each with its licence. They are read from the modules that the
 * bundler kept, those of workers too.
 *
 * @param also packages of which files are copied whole
 * @returns the plugin of the page, and the one that its workers need
 */
export function notices(also: readonly string[], resolve: (name: string) => string): { readonly page: Plugin; readonly worker: Plugin } {
  const folders = new Set(also.map((name) => folderOf(resolve(name)) as string));
  const gather = (bundle: object): void => {
    for (const chunk of Object.values(bundle) as { readonly moduleIds?: readonly string[] }[]) {
      for (const id of chunk.moduleIds ?? []) {
        const folder = folderOf(id);
        if (folder !== undefined) folders.add(folder);
      }
    }
  };
  return {
    worker: { name: "semblant-notices-of-workers", generateBundle: (_, bundle) => gather(bundle) },
    page: {
      name: "semblant-notices",
      generateBundle(_, bundle) {
        gather(bundle);
        this.emitFile({ type: "asset", fileName: "NOTICE.txt", source: noticeOf([...folders].map(partIn)) });
      },
    },
  };
}

/** The folder of the npm package that a module is of; undefined for our own and for what the bundler makes up. */
function folderOf(id: string): string | undefined {
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replace(/^\0/, "").replaceAll("\\", "/"))?.[1];
}

function partIn(folder: string): Part {
  const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(one));
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  return partOf(manifest, file && readFileSync(join(folder, file), "utf8").trim());
}

/**
 * A part with its licence.
 *
 * @param text what its package says of it; undefined where it brings no such file
 * @throws Error if the licence is none of those that only ask for their text
 */
export function partOf(manifest: Manifest, text: string | undefined): Part {
  const { name, version, license = "none said" } = manifest;
  if (!free.test(license)) throw new Error(`web: expected parts under a free licence, but ${name} is under ${license}.`);
  return { name, version, license, text: text ?? unsaid(manifest) };
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
}

/** Who holds the rights, where a package brings neither its licence's text nor its maker's full name. */
const makers: Readonly<Record<string, string>> = { "onnxruntime-web": "Microsoft Corporation" };

/** The text for a package that brings none. */
function unsaid({ name, license = "", author }: Manifest): string {
  if (/^(Unlicense|CC0-1\.0)$/.test(license)) return `In the public domain (${license}).`;
  if (license !== "MIT") throw new Error(`web: expected ${name} to bring the text of its licence, ${license}, but it does not.`);
  const said = typeof author === "string" ? author : author?.name;
  return mit(makers[name] ?? said?.replace(/ *[<(].*/, "") ?? `the authors of ${name}`);
}

/** Parts of one licence text stand together. */
function noticeOf(parts: readonly Part[]): string {
  const byText = new Map<string, Part[]>();
  for (const part of [...parts].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const same = byText.get(part.text) ?? [];
    byText.set(part.text, [...same, part]);
  }
  const blocks = [...byText].map(([text, same]) => {
    const names = new Set(same.map(({ name, version }) => `${name} ${version}`));
    return `${[...names].join("\n")}\n\n${text}\n`;
  });
  return [head, ...blocks].join(`\n${"-".repeat(80)}\n\n`);
}

const head = `This page is Semblant's, under the MIT licence. It has in it these parts of others. Each block names parts, and then their licence.
ONNX Runtime is built with parts of its own: ThirdPartyNotices.txt, at github.com/microsoft/onnxruntime, names them.
The networks under models/ have a notice of their own: models/NOTICE.
`;

const mit = (who: string) => `MIT License

Copyright (c) ${who}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR
ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH
THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
