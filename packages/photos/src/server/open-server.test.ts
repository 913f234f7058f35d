import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DebianServer, hasDebian, startDebian } from "../database/fixtures/debian-server.ts";
import { openServer } from "./open-server.ts";

const title = hasDebian ? "a library on a server" : "a library on a server (skipped: PostgreSQL is not installed)";
describe.skipIf(!hasDebian)(title, () => {
  let server: DebianServer;
  beforeAll(async () => {
    server = await startDebian();
    server.psql(`
      CREATE USER guest; CREATE USER reader;
      CREATE SCHEMA foreign_one; CREATE TABLE foreign_one.orders (id INTEGER); CREATE VIEW foreign_one.all_orders AS SELECT 1 AS one;
      CREATE SCHEMA closed;
      CREATE DATABASE bare;`);
  }, 60_000);
  afterAll(() => server?.stop());

  const opened = (
    schema: string,
    { readonly = false, make = true }: { readonly?: boolean | "auto"; make?: boolean } = {},
    user = "postgres",
  ) => openServer(server.address(schema).replace("postgres@", `${user}@`), { readonly, make });
  const nameOf = (schema: string, user = "postgres") => `postgres://${user}@127.0.0.1:${server.port}/postgres?schema=${schema}`;
  const schemas = () => server.psql("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY 1").trim().split("\n");

  it("is made once, and opened again as it is", () => {
    const library = opened("mine");
    library.prepare("INSERT INTO facts (name, value) VALUES ('smallest', ?)").run(12);
    library.close();
    const again = opened("mine");
    expect(again.prepare("SELECT value FROM facts WHERE name = 'smallest'").pluck().get()).toBe("12");
    expect(again.name).toBe(nameOf("mine"));
    again.close();
  });

  it("lies in a schema of any name", () => {
    const library = opened('Ann\'s "faces"'.replaceAll(" ", "%20").replaceAll('"', "%22"));
    expect(library.prepare("SELECT count(*) FROM photos").pluck().get()).toBe(0);
    library.close();
  });

  it("is not made where it is only asked for", () => {
    const words = `library: expected a library at ${nameOf("nowhere")}, but there is none.\n  Make one with: semblant index FOLDER --library ${nameOf("nowhere")}`;
    expect(() => opened("nowhere", { readonly: true })).toThrow(words);
    expect(() => opened("nowhere", { readonly: "auto", make: false })).toThrow(words);
    expect(schemas()).not.toContain("nowhere");
  });

  it("is refused in a schema that is another program's, and of another format", () => {
    expect(() => opened("foreign_one")).toThrow(
      `library: expected a library or nothing in the schema foreign_one of ${nameOf("foreign_one")}, but it has another program's table all_orders and 1 more.\n` +
        "  Name another, which is made: postgres://.../DATABASE?schema=NAME",
    );
    opened("old").close();
    server.psql("UPDATE old.facts SET value = '99' WHERE name = 'format'");
    expect(() => opened("old")).toThrow(
      `library: expected ${nameOf("old")} to be of format 1, but it is of format 99, of a newer semblant.\n  Update with: npm install semblant@latest`,
    );
    server.psql("UPDATE old.facts SET value = '0' WHERE name = 'format'");
    expect(() => opened("old", { readonly: true })).toThrow(`expected ${nameOf("old")} to be of format 1, but it is of format 0.`);
  });

  it("says which right is missing, and makes nothing", () => {
    expect(() => opened("theirs", {}, "guest")).toThrow(
      `library: expected the right to make the schema theirs of ${nameOf("theirs", "guest")}, but guest does not have it.\n` +
        "  Who owns the database gives it with: GRANT CREATE ON DATABASE postgres TO guest",
    );
    expect(() => opened("closed", {}, "guest")).toThrow(
      `library: expected the right to make tables in the schema closed of ${nameOf("closed", "guest")}, but guest does not have it.\n` +
        "  Who owns the database gives it with: GRANT ALL ON SCHEMA closed TO guest",
    );
    opened("whole").close();
    expect(() => opened("whole", { readonly: true }, "guest")).toThrow(
      `library: expected the right to read the schema whole of ${nameOf("whole", "guest")}, but guest does not have it.\n` +
        "  Who owns the database gives it with: GRANT USAGE ON SCHEMA whole TO guest; GRANT SELECT ON ALL TABLES IN SCHEMA whole TO guest",
    );
    expect(schemas()).not.toContain("theirs");
  });

  it("is only read by who may only read it", () => {
    opened("shown").close();
    server.psql("GRANT USAGE ON SCHEMA shown TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA shown TO reader");
    const library = opened("shown", { readonly: "auto" }, "reader");
    expect([library.readonly, library.prepare("SELECT count(*) FROM photos").pluck().get()]).toEqual([true, 0]);
    library.close();
    const own = opened("shown", { readonly: "auto" });
    expect(own.readonly).toBe(false);
    own.close();
  });

  it("needs pgvector, not too old a one", () => {
    const bare = server.address("mine").replace("/postgres?", "/bare?");
    expect(() => openServer(bare, { readonly: false, make: true })).toThrow(
      `library: expected pgvector on the server of ${nameOf("mine").replace("/postgres?", "/bare?")}, but it is not installed there.\n` +
        "  Debian 13 and newer: apt-get install postgresql-17-pgvector. Others: https://github.com/pgvector/pgvector",
    );
    server.psql("INSERT INTO pg_extension VALUES (99999, 'vector', 10, 2200, true, '0.7.4', NULL, NULL)");
    expect(() => opened("newest")).toThrow(
      `library: expected pgvector 0.8 or newer in ${nameOf("newest")}, but it has 0.7.4.\n` +
        "  Install a newer one on the server, then: ALTER EXTENSION vector UPDATE",
    );
    expect(schemas()).not.toContain("newest");
    server.psql("DELETE FROM pg_extension WHERE extname = 'vector'");
  });
});
