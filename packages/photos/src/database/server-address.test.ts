import { OptionError } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { isServerAddress, withoutPassword } from "./server-address.ts";

describe("the place of a library", () => {
  it("is a server's where it begins as an address of PostgreSQL does", () => {
    const servers = ["postgres://host/db", "postgresql://host/db", "POSTGRES://host/db", "postgres:///db?host=/run/postgresql"];
    expect(servers.map(isServerAddress)).toEqual([true, true, true, true]);
    const files = ["library.sqlite", "postgres/library.sqlite", "postgres.sqlite", "./postgres://x", "C://library.sqlite"];
    expect(files.map(isServerAddress)).toEqual([false, false, false, false, false]);
  });

  it.each([
    ["mysql://x:secret@127.0.0.1/a", "mysql://"],
    ["http://127.0.0.1/a", "http://"],
    ["postgres:", "postgres:"],
    ["postgres:127.0.0.1/a", "postgres:"],
    ["postgres:/127.0.0.1/a", "postgres:/"],
    ["postgresql:/127.0.0.1/a", "postgresql:/"],
    ["postgres:////a", "postgres:////"],
    ["postgres//127.0.0.1/a", "postgres//"],
  ])("is no file where it is nearly an address: %s", (place, begin) => {
    expect(() => isServerAddress(place)).toThrow(
      new OptionError(
        `--library: expected a file or an address postgres://USER@HOST/DATABASE, but got one that begins with "${begin}".\n` +
          "  A file of such a name is written with ./ before it.",
      ),
    );
  });

  it.each([
    ["postgres://anna:secret@host:5433/db?schema=faces", "postgres://anna@host:5433/db?schema=faces"],
    ["postgres://anna:se%40cret@host/db", "postgres://anna@host/db"],
    ["postgres://host/db?user=anna&password=secret", "postgres://host/db?user=anna"],
    ["postgresql://host/db?sslpassword=secret", "postgresql://host/db"],
    ["postgres://anna:secret@host:no-port/db", "postgres://host:no-port/db"],
    ["postgres://anna:sec/ret@host/db?password=secret", "postgres://host/db"],
    ["postgres://anna:1/secret@host/db", "postgres://host/db"],
    ["a folder:secret@/library.sqlite", "a folder:secret@/library.sqlite"],
    ["postgres:///photos", "postgres:///photos"],
  ])("%s is shown as %s", (place, shown) => {
    expect(withoutPassword(place)).toBe(shown);
    if (isServerAddress(place)) expect(withoutPassword(place)).not.toContain("secret");
  });
});
