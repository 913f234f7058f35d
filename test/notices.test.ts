import { globSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { partOf } from "../packages/web/making/notices.ts";

const root = resolve(import.meta.dirname, "..");
const read = (path: string) => readFileSync(resolve(root, path), "utf8");
const packages = globSync("packages/*/package.json", { cwd: root });

/** Licences that ask for nothing but their own text, which each package has with it. */
const free = /^\(?(MIT|ISC|0BSD|BSD-[23]-Clause|Apache[- ]2\.0|Unlicense|CC0-1\.0|BlueOak-1\.0\.0|Python-2\.0|MIT OR Apache)/;

interface Manifest {
  readonly license?: string;
  readonly files?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Every package that npm brings with one, by name, with its licence; those of this project are left out. */
function brought(manifest: Manifest, from: string, found = new Map<string, string>()): Map<string, string> {
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
    if (found.has(name) || name.includes("semblant")) continue;
    const path = [from, root].map((at) => resolve(at, "node_modules", name, "package.json")).find((one) => globSync(one).length > 0);
    if (path === undefined) continue; // of another platform
    const inner = JSON.parse(readFileSync(path, "utf8")) as Manifest;
    found.set(name, inner.license ?? "none said");
    brought(inner, dirname(path), found);
  }
  return found;
}

describe("the notices", () => {
  it("names every part that is under a licence with duties", () => {
    let parts = 0;
    for (const path of packages) {
      const manifest = JSON.parse(read(path)) as Manifest;
      const duties = [...brought(manifest, resolve(root, dirname(path)))].filter(([, licence]) => !free.test(licence));
      if (duties.length === 0) continue;
      expect(manifest.files, `${path} packs its NOTICE`).toContain("NOTICE");
      const notice = read(`${dirname(path)}/NOTICE`);
      for (const [name] of duties) expect(notice, `${path} brings ${name}`).toContain(name.replace(/(sharp-libvips)-.*/, "$1"));
      parts += duties.length;
    }
    expect(parts).toBeGreaterThanOrEqual(3); // libvips twice, libheif once
  });

  it("beside the page name every part that is in it, each with its licence", async () => {
    const { buildPage } = (await import("../packages/web/build.mjs" as string)) as { buildPage: () => string };
    buildPage();
    const text = read("packages/web/dist/NOTICE.txt");
    const named = [...text.matchAll(/^(@?[a-z][\w./-]*) \d+\.\d+\.\d+\S*$/gm)].map(([, name]) => name as string);
    const sources = globSync("packages/web/src/**/*.{ts,tsx}", { cwd: root }).filter((path) => !path.includes(".test."));
    const imported = sources.flatMap((path) => [...read(path).matchAll(/^import (?!type )[^"]*"((?:@[\w-]+\/)?[\w-]+)/gm)]);
    const others = new Set(imported.map(([, name]) => name as string).filter((name) => !name.startsWith("@semblant/")));
    expect(others.size).toBeGreaterThan(5);
    expect(named).toEqual(expect.arrayContaining([...others]));
    expect(named).toEqual(expect.arrayContaining(["react-aria", "scheduler", "d3-scale"])); // what those bring
    expect(named.filter((name) => /semblant|^vite$/.test(name))).toEqual([]);
    for (const words of ["Apache License", "Permission is hereby granted, free of charge", "Permission to use, copy, modify"])
      expect(text).toContain(words);
  });

  it("stop the page's build at a part under a licence that no one looked at", () => {
    expect(() => partOf({ name: "odd", version: "1.0.0", license: "GPL-3.0-only" }, undefined)).toThrow(
      "web: expected parts under a free licence, but odd is under GPL-3.0-only.",
    );
    expect(partOf({ name: "bare", version: "1.0.0", license: "MIT", author: "A. Person <a@example.org>" }, undefined).text).toContain(
      "Copyright (c) A. Person\n",
    );
  });
});
