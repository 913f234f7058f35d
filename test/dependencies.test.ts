/** What a package's sources import, its package.json declares; and what it declares, something uses. */
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");
const read = (path: string) => readFileSync(resolve(root, path), "utf8");
const packages = globSync("packages/*/package.json", { cwd: root }).map((path) => path.split("/")[1] as string);

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { optional?: boolean }>>;
}

const manifest = (name: string) => JSON.parse(read(`packages/${name}/package.json`)) as Manifest;
const namesOf = (...lists: (Readonly<Record<string, string>> | undefined)[]) => lists.flatMap((list) => Object.keys(list ?? {}));

/** Dependencies that no source imports by name, and the file that needs them. */
const usedElsewhere: Readonly<Record<string, { file: string; says: string }>> = {
  "api zod": { file: "node_modules/@hono/zod-openapi/package.json", says: '"zod"' }, // its peer, whose `z` it hands on
  "photos onnxruntime-common": { file: "node_modules/onnxruntime-node/dist/index.js", says: 'require("onnxruntime-common")' }, // build-runtime.mjs carries it
  "photos onnxruntime-node": { file: "packages/photos/build-runtime.mjs", says: 'resolve("onnxruntime-node")' },
  "photos onnxruntime-web": { file: "packages/photos/build-runtime.mjs", says: 'resolve("onnxruntime-web")' },
  "photos @types/better-sqlite3": { file: "packages/photos/src/database/sqlite.ts", says: '"better-sqlite3"' },
  "photos @types/pg": { file: "packages/photos/src/database/thread/session.ts", says: '"pg"' },
  "web @types/react": { file: "packages/web/tsconfig.json", says: '"react-jsx"' },
  "web @types/react-dom": { file: "packages/web/src/main.tsx", says: '"react-dom/client"' },
  "web vite": { file: "packages/web/build.mjs", says: "node_modules/vite" },
  "torch node-api-headers": { file: "packages/torch/build.mjs", says: "node-api-headers" },
};

/**
 * The packages that files import by name, static or not; Node's own and the package itself are left out, and so is what is looked up from
 * another package's place, which that package declares.
 */
function imported(name: string, files: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const path of files) {
    const text = read(path);
    const resolved = [...text.matchAll(/(?<!Promise\.|\)\)\.)\b(?:resolve|require)\("(@?[a-z][\w./-]*)"\)/g)].map(
      ([, specifier]) => specifier as string,
    );
    for (const specifier of [...ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName), ...resolved]) {
      if (specifier.startsWith(".") || specifier.startsWith("node:")) continue;
      const parts = specifier.split("/");
      found.add(parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/"));
    }
  }
  found.delete(manifest(name).name);
  return found;
}

/** What goes into a package: its sources, and those that make the app's page of them. */
const all = (name: string) => globSync(`packages/${name}/{src/**/*,making/*,*}.{ts,tsx}`, { cwd: root });
/** What is sent out whole, with all that it imports inside: what it brings is declared as what it is built with. */
const isBundled = (name: string) => name === "web";
const isPublished = (path: string) => !path.endsWith(".test.ts") && !path.includes("/fixtures/");

describe.each(packages)("the package.json of %s", (name) => {
  const { dependencies, devDependencies, peerDependencies, peerDependenciesMeta } = manifest(name);
  const used = imported(name, all(name).filter(isPublished));

  it("declares every package that its sources import", () => {
    const declared = new Set(namesOf(dependencies, peerDependencies, isBundled(name) ? devDependencies : {}));
    expect([...used].filter((one) => !declared.has(one))).toEqual([]);
  });

  it("declares every package that only its tests import, or the workspace does", () => {
    const workspace = JSON.parse(read("package.json")) as Manifest;
    const declared = new Set(namesOf(dependencies, peerDependencies, devDependencies, workspace.devDependencies));
    expect([...imported(name, all(name))].filter((one) => !declared.has(one))).toEqual([]);
  });

  it("asks npm for nothing where all is inside", () => {
    if (isBundled(name)) expect(namesOf(dependencies, peerDependencies)).toEqual([]);
  });

  it("declares nothing that nothing uses", () => {
    const everywhere = imported(name, all(name));
    const unused = [
      ...namesOf(dependencies, peerDependencies).filter((one) => !used.has(one)),
      ...namesOf(devDependencies).filter((one) => !everywhere.has(one)),
    ];
    const unexplained = unused.filter((one) => {
      const elsewhere = usedElsewhere[`${name} ${one}`];
      return elsewhere === undefined || !read(elsewhere.file).includes(elsewhere.says);
    });
    expect(unexplained).toEqual([]);
  });

  it("pins what it brings, its own kin to its own version, and asks for no peer that must be there", () => {
    const { version } = manifest(name);
    const pinned = Object.entries({ ...dependencies, ...devDependencies });
    expect(pinned.filter(([, range]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range))).toEqual([]);
    const kin = Object.entries({ ...dependencies, ...devDependencies, ...peerDependencies }).filter(([one]) => one.includes("semblant"));
    expect(kin.filter(([, range]) => range !== version)).toEqual([]);
    expect(namesOf(peerDependencies).filter((one) => peerDependenciesMeta?.[one]?.optional !== true)).toEqual([]);
  });
});
