/** The names that packages offer, read by TypeScript itself. */

import { globSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import ts from "typescript";

const root = resolve(import.meta.dirname, "..");

/** A name that can be imported. */
export interface PublicName {
  readonly name: string;
  /** Whether it is gone when the program runs. */
  readonly isType: boolean;
  /** Where it is declared. */
  readonly file: string;
}

/** By what is written after `from`, such as `@semblant/photos/sheets`: its names in their order, types too. */
export function publicNames(): ReadonlyMap<string, readonly PublicName[]> {
  const entries = globSync("packages/*/package.json", { cwd: root }).sort().flatMap(entriesOf);
  const program = ts.createProgram(
    entries.map(({ path }) => path),
    {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ESNext,
      customConditions: ["semblant-source"],
      allowImportingTsExtensions: true,
      noEmit: true,
      skipLibCheck: true,
      types: ["node"],
    },
  );
  return new Map(entries.map(({ name, path }) => [name, namesOf(program, path)]));
}

/** What a package's `exports` lead to, where it is source. */
function entriesOf(manifest: string): { readonly name: string; readonly path: string }[] {
  const { name, exports } = JSON.parse(readFileSync(resolve(root, manifest), "utf8")) as {
    readonly name: string;
    readonly exports: Readonly<Record<string, { readonly "semblant-source"?: string } | string>>;
  };
  return Object.entries(exports).flatMap(([subpath, target]) => {
    const source = typeof target === "string" ? undefined : target["semblant-source"];
    return source === undefined ? [] : [{ name: `${name}${subpath.slice(1)}`, path: resolve(root, dirname(manifest), source) }];
  });
}

function namesOf(program: ts.Program, path: string): PublicName[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(path);
  const symbol = source && checker.getSymbolAtLocation(source);
  if (symbol === undefined) throw new Error(`public names: expected a module at ${path}, but it exports nothing.`);
  const names = checker.getExportsOfModule(symbol).map((exported) => {
    const own = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const [declaration] = own.declarations ?? [];
    return {
      name: exported.name,
      isType: !(own.flags & ts.SymbolFlags.Value),
      file: declaration === undefined ? path : relative(root, declaration.getSourceFile().fileName),
    };
  });
  return names.sort((a, b) => (a.name < b.name ? -1 : 1));
}
