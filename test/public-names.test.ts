import { basename, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { publicNames } from "./public-names.ts";

const names = publicNames();
const packages = [
  ...new Set(
    [...names.keys()].map((path) =>
      path
        .split("/")
        .slice(0, path.startsWith("@") ? 2 : 1)
        .join("/"),
    ),
  ),
];
const pathsOf = (name: string) => [...names.keys()].filter((path) => path === name || path.startsWith(`${name}/`));
/** What is offered to users: internals are for the other packages. */
const promised = [...names].filter(([path]) => !path.endsWith("/internals"));

describe("the public names", () => {
  // A name more or less is meant? Then store the list anew: npx vitest run test/public-names.test.ts -u
  it.each(packages)("of %s are those of its list", async (name) => {
    const lists = pathsOf(name).map((path) => {
      const lines = (names.get(path) ?? []).map((one) => (one.isType ? `type ${one.name}` : one.name));
      const promise = path.endsWith("/internals") ? ", without promise" : "";
      return [`# ${path}: ${lines.length} names${promise}`, ...lines].join("\n");
    });
    await expect(`${lists.join("\n\n")}\n`).toMatchFileSnapshot(resolve(import.meta.dirname, `public-names/${basename(name)}.txt`));
  });

  it("mean one thing each, in all packages", () => {
    const files = new Map<string, Set<string>>();
    for (const { name, file } of [...names.values()].flat()) files.set(name, (files.get(name) ?? new Set()).add(file));
    expect([...files].filter(([, own]) => own.size > 1).map(([name, own]) => `${name}: ${[...own].join(", ")}`)).toEqual([]);
  });

  it("are either for users or internals, never both in one package", () => {
    const both = [...names]
      .filter(([path]) => path.endsWith("/internals"))
      .flatMap(([path, inner]) => {
        const open = new Set(pathsOf(path.replace("/internals", "")).filter((other) => !other.endsWith("/internals")));
        const known = new Set([...open].flatMap((other) => (names.get(other) ?? []).map(({ name }) => name)));
        return inner.filter(({ name }) => known.has(name)).map(({ name }) => `${path}: ${name}`);
      });
    expect(both).toEqual([]);
  });

  it("keep the words of error messages and options to the packages themselves", () => {
    const inner = ["show", "nearest", "refuseUnknown", "invalidOption", "resolveOptions", "printable", "makeFolders", "writeWhole"];
    expect(promised.flatMap(([path, own]) => own.filter(({ name }) => inner.includes(name)).map(({ name }) => `${path}: ${name}`))).toEqual(
      [],
    );
  });
});
