// `npm run docs`: writes the reference out of the code, then makes a site of all pages and of the API, in build/site.
// It asks no network, and the site opens from disk.

import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Application, Converter, LogLevel, type ProjectReflection } from "typedoc";
import { siteFaults } from "./check-site.ts";
import { countParameters } from "./networks-page.ts";
import { referencePages } from "./reference.ts";
import { stagePages } from "./stage.ts";
import { root } from "./structure.ts";

const folder = resolve(root, "build/pages");
const site = resolve(root, "build/site");
const packages = ["core", "faces", "answers", "api", "photos", "semblant", "files", "datasets", "torch", "training", "lab"];

const documents = stagePages(folder, await referencePages(await countParameters()));
const app = await Application.bootstrapWithPlugins({
  name: "Semblant",
  entryPoints: packages.map((name) => resolve(root, `packages/${name}/src/index.ts`)),
  readme: join(folder, "docs/README.md"),
  projectDocuments: documents,
  out: site,
  tsconfig: resolve(root, "tsconfig.json"),
  customCss: resolve(import.meta.dirname, "site.css"),
  skipErrorChecking: true, // `npm test` checks types
  disableSources: true, // the sources lie beside the site
  searchInDocuments: true,
  hideGenerator: true,
  sort: ["documents-first", "source-order"],
  sortEntryPoints: false,
  navigation: { includeCategories: false, includeGroups: false, includeFolders: false },
  validation: { notExported: false, invalidLink: false, invalidPath: true, rewrittenLink: false, unusedMergeModuleWith: false },
  suppressCommentWarningsInDeclarationFiles: true,
  logLevel: LogLevel.Error,
});
app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }: { readonly project: ProjectReflection }) => {
  for (const [i, name] of packages.entries()) {
    const module = project.children?.find((child) => child.name === `${name}/src`) ?? project.children?.[i];
    if (module === undefined) continue;
    module.name = nameOfPackage(name);
    module.readme = [{ kind: "text", text: readmeOfPackage(name) }];
  }
});
const project = await app.convert();
if (project === undefined || app.logger.hasErrors()) throw new Error("docs: TypeDoc could not read the sources; see above.");
await app.generateOutputs(project);
const faults = siteFaults(site);
for (const fault of faults) console.error(fault);
if (faults.length > 0 || app.logger.hasErrors()) process.exitCode = 1;
console.log(`${globSync(`${site}/**/*.html`).length} pages. Open ${join(site, "index.html")} in a browser.`);

/** What npm shows of a package, without its title; its links to other pages are plain text. */
function readmeOfPackage(name: string): string {
  const text = readFileSync(resolve(root, `packages/${name}/README.md`), "utf8");
  return text.replace(/^# .+\n+/, "").replace(/\[([^\]]+)\]\((?!https?:)[^)]+\)/g, "$1");
}

function nameOfPackage(name: string): string {
  return (JSON.parse(readFileSync(resolve(root, `packages/${name}/package.json`), "utf8")) as { name: string }).name;
}
