import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type DebianServer, hasDebian, startDebian } from "./fixtures/debian-server.ts";
import { openPostgres, type PostgresOptions } from "./postgres.ts";

/** What is thrown, by name and text. */
function said(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return String(error);
  }
  return "nothing";
}

const opening = (address: string, options?: PostgresOptions) =>
  said(() => {
    const db = openPostgres(address, options);
    try {
      db.prepare("SELECT 1").get();
    } finally {
      db.close();
    }
  });

describe("an address that leads nowhere", () => {
  it("says so where nothing answers", () => {
    expect(opening("postgres://ann:secret@127.0.0.1:9/photos")).toBe(
      "DataError: library: expected a PostgreSQL server at 127.0.0.1:9, but nothing answers there.\n" +
        "  Is it running? Look with: pg_isready -h 127.0.0.1 -p 9 -U ann",
    );
    expect(opening("postgres:///photos?host=/no/such/folder")).toBe(
      "DataError: library: expected a PostgreSQL server at /no/such/folder:5432, but nothing answers there.\n" +
        "  Is it running? Look with: pg_isready -h /no/such/folder",
    );
  });

  it("says so of a certificate's file, not of the server", () => {
    expect(opening("postgres://127.0.0.1:9/photos?sslmode=verify-full&sslrootcert=/nofile")).toBe(
      "DataError: library: sslrootcert: /nofile: expected to open it, but there is no such file or folder (ENOENT).",
    );
    const none = new URL(import.meta.url).pathname;
    expect(opening(`postgres://127.0.0.1:9/photos?sslmode=require&sslrootcert=${encodeURIComponent(none)}`)).toBe(
      `DataError: library: expected sslrootcert to name a file with a certificate in PEM form, but got ${none}.`,
    );
  });
});

describe.skipIf(!hasDebian)("what a server refuses", () => {
  const folder = mkdtempSync(join(tmpdir(), "certificate-"));
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const canEncrypt = spawnSync("openssl", ["version"]).status === 0;
  let server: DebianServer;
  let where: string;

  beforeAll(async () => {
    server = await startDebian();
    where = `127.0.0.1:${server.port}`;
  }, 60_000);
  afterAll(() => {
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const asked = (sql: string, options?: PostgresOptions) => {
    const db = openPostgres(server.address("public"), options);
    try {
      return said(() => db.prepare(sql).get());
    } finally {
      db.close();
    }
  };
  const advice = "  Set PGPASSWORD, or write it into ~/.pgpass: host:port:database:user:password";

  it("is said of passwords, and shows none", () => {
    expect(opening(`postgres://guarded:wrong@${where}/postgres`)).toBe(
      `DataError: library: expected the password of guarded at ${where}, but got a wrong one.\n${advice}`,
    );
    expect(opening(`postgres://guarded@${where}/postgres`)).toBe(
      `DataError: library: expected a password of guarded at ${where}, but got none.\n${advice}`,
    );
    expect(opening(`postgres://guarded:right@${where}/postgres`)).toBe("nothing");
  });

  it.each(["PGPASSWORD", "PGPASSFILE"])("is not said of a password that %s gives", (name) => {
    const passwords = join(folder, "passwords");
    writeFileSync(passwords, `127.0.0.1:*:*:guarded:right\n`, { mode: 0o600 });
    vi.stubEnv(name, name === "PGPASSWORD" ? "right" : passwords);
    expect(opening(`postgres://guarded@${where}/postgres`)).toBe("nothing");
    vi.unstubAllEnvs();
  });

  it("is said of databases and users that are not there", () => {
    expect(opening(`postgres://postgres@${where}/photos`)).toBe(
      `DataError: library: expected a database photos at ${where}, but there is none.\n` +
        `  Make it with: createdb -h 127.0.0.1 -p ${server.port} -U postgres photos`,
    );
    expect(opening(`postgres://nobody@${where}/postgres`)).toBe(
      `DataError: library: expected ${where} to let nobody in, but it does not: role "nobody" does not exist.`,
    );
  });

  it("is said of too many connections", () => {
    server.psql("ALTER USER guarded CONNECTION LIMIT 1");
    const first = openPostgres(`postgres://guarded:right@${where}/postgres`);
    expect(opening(`postgres://guarded:right@${where}/postgres`, { patience: 200 })).toBe(
      `DataError: library: expected a free connection at ${where}, but it has no more.\n` +
        "  Raise max_connections there, or start fewer workers.",
    );
    first.close();
    server.psql("ALTER USER guarded CONNECTION LIMIT -1");
  });

  it("is said of a server that cannot encrypt, and of a certificate that nobody vouches for", () => {
    expect(opening(`${server.address()}&sslmode=require`)).toBe(
      `DataError: library: expected ${where} to encrypt, but it cannot.\n` +
        "  Set up TLS there, or in a network of your own add to the address: ?sslmode=disable",
    );
    if (!canEncrypt) return;
    const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
    execFileSync(
      "openssl",
      ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", certificate, ...subject],
      {
        stdio: "ignore",
      },
    );
    server.encrypt(certificate, key);
    expect(opening(`${server.address()}&sslmode=require`)).toBe("nothing");
    expect(opening(`${server.address()}&sslmode=verify-full`)).toBe(
      `DataError: library: expected the certificate of ${where} to be trusted, but it is not: self-signed certificate.\n` +
        "  Name who vouches for it: ?sslmode=verify-full&sslrootcert=FILE",
    );
    expect(opening(`${server.address()}&sslmode=verify-full&sslrootcert=${encodeURIComponent(certificate)}`)).toBe("nothing");
  });

  it("is said of a question that took too long, or was ended by somebody", async () => {
    const ended = `DataError: library: expected ${where} to finish, but it was ended there: by its time limit (statement_timeout), or by somebody.`;
    expect(asked("SELECT pg_sleep(60)", { settings: { statement_timeout: "50" } })).toBe(ended);
    const cancel = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'";
    const somebody = spawn(
      "sh",
      ["-c", `for i in 1 2 3 4 5 6 7 8 9; do sleep 0.3; psql "${server.address().split("?")[0]}" -c "${cancel}"; done`],
      {
        stdio: "ignore",
      },
    );
    expect(asked("SELECT pg_sleep(60)")).toBe(ended);
    somebody.kill();
  });

  it("is said of a database that may only be read", () => {
    expect(asked("CREATE TABLE kept (id int)", { readonly: true })).toBe(
      `DataError: library: expected to write ${server.address("public")}, but it may only be read.`,
    );
  });

  it.each([
    [
      "53100",
      "No space left on device",
      () => `expected room on the disk of ${where}, but it is full.\n  What was read before is kept; make room and go on.`,
    ],
    ["53200", "out of memory", () => `expected memory on ${where}, but it has no more.\n  The server's own log says for what.`],
    ["58030", "could not read block", () => `expected ${where} to read and write its files, but it cannot: could not read block.`],
    [
      "42501",
      "permission denied for schema",
      () => `expected the right to do this in ${server.address("public")}, but the server refuses: permission denied for schema.`,
    ],
    [
      "55P03",
      "could not obtain lock",
      () => `expected ${server.address("public")} to be free, but another process is writing to it.\n  Try again when it is done.`,
    ],
  ])("is said of %s, %s", (code, text, words) => {
    server.psql(
      `CREATE OR REPLACE FUNCTION fails() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '${text}' USING ERRCODE = '${code}'; END $$`,
    );
    expect(asked("SELECT fails()")).toBe(`DataError: library: ${words()}`);
  });

  it("is said of a text that PostgreSQL cannot keep", () => {
    const db = openPostgres(server.address("public"));
    expect(said(() => db.prepare("SELECT ?::text").get("a\u0000b"))).toContain("no text may hold the character 0");
    db.close();
  });

  it("is told as it is, where there are no words for it", () => {
    expect(asked("SELECT nothing")).toBe(
      `EngineError: library: expected ${server.address("public")} to answer, but it says: column "nothing" does not exist.`,
    );
  });
});
