import { OptionError } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { parseServerAddress } from "./parse-server-address.ts";

describe("a server's address", () => {
  it("names user, password, host, port, database and schema", () => {
    expect(parseServerAddress("postgresql://ann:s%40cret@photos.example:6000/family?schema=Winter")).toEqual({
      host: "photos.example",
      port: 6000,
      user: "ann",
      password: "s@cret",
      database: "family",
      schema: "Winter",
      encryption: { mode: "require" },
      name: "postgresql://ann@photos.example:6000/family?schema=Winter",
    });
  });

  it("may leave out everything: then it is this machine's, and the schema semblant", () => {
    expect(parseServerAddress("postgres://")).toEqual({ schema: "semblant", encryption: { mode: "disable" }, name: "postgres://" });
    expect(parseServerAddress("postgres://ann@/family")).toMatchObject({ user: "ann", database: "family" });
  });

  it.each([
    ["postgres:///family?host=/var/run/postgresql", "/var/run/postgresql"],
    ["postgres://%2Fvar%2Frun%2Fpostgresql/family", "/var/run/postgresql"],
    ["postgres://[::1]:6000/family", "::1"],
    ["postgres://127.0.0.1/family", "127.0.0.1"],
  ])("of this machine, %s, is asked in the open", (address, host) => {
    expect(parseServerAddress(address)).toMatchObject({ host, database: "family", encryption: { mode: "disable" } });
  });

  it("may say how to encrypt, and by whose word", () => {
    const given = "postgres://db.example/family?sslmode=verify-ca&sslrootcert=ca.pem&sslcert=me.pem&sslkey=me.key";
    expect(parseServerAddress(given).encryption).toEqual({ mode: "verify-full", ca: "ca.pem", certificate: "me.pem", key: "me.key" });
    expect(parseServerAddress("postgres://localhost/family?sslmode=require").encryption).toEqual({ mode: "require" });
    expect(parseServerAddress("postgres://db.example/family?sslmode=disable").encryption).toEqual({ mode: "disable" });
  });

  it("takes names of as many bytes as PostgreSQL keeps", () => {
    const schema = `${"ü".repeat(31)}1`;
    expect(parseServerAddress(`postgres://db.example/family?schema=${schema}`).schema).toBe(schema);
  });

  it.each([
    [
      "postgres://db.example/family?shema=winter",
      'library: expected an address with schema, sslmode, sslrootcert, sslcert, sslkey, host after the "?", but got "shema".\n' +
        "  Did you mean schema?",
    ],
    ["postgres://db.example/family?sslmode=prefer", 'library: expected sslmode to be disable, require or verify-full, but got "prefer".'],
    [
      "postgres://db.example/family?schema=pg_own",
      'library: expected a schema of at most 63 bytes that does not begin with pg_, but got "pg_own".',
    ],
    [
      `postgres://db.example/family?schema=${"ü".repeat(31)}12`,
      `library: expected a schema of at most 63 bytes, but got "${"ü".repeat(31)}12", which has 64.\n` +
        "  A letter such as ü has 2 bytes; others have up to 4.",
    ],
    [
      `postgres://db.example/${"d".repeat(64)}`,
      `library: expected a database of at most 63 bytes, but got "${"d".repeat(57)}...", which has 64.`,
    ],
    ["postgres://db.example/family?schema=a%00b", "library: expected an address without the character 0 (%00), but got one with it."],
    ["postgres://db.example:many/family", "library: expected postgres://user@host/database, but got an address that cannot be read."],
    [
      "postgres://ann:100%@db.example/family",
      'library: expected an address with each "%" followed by two digits, but got another.\n  A "%" itself is "%25".',
    ],
  ])("is refused as %s", (address, words) => {
    expect(() => parseServerAddress(address)).toThrow(new OptionError(words));
  });
});
