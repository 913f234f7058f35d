import { describe, expect, it } from "vitest";
import { onlyReads, standsAlone } from "./only-reads.ts";
import { listOf, placeholders, valuesOf } from "./placeholders.ts";

describe("placeholders", () => {
  it("are numbered, and no other sign is one", () => {
    const sql = `SELECT '?', "a?", 'it''s ?', a /* ? */ FROM t -- ?\nWHERE b @> c AND d <@ e AND f = @f AND g = 'x@y.z'`;
    expect(placeholders(sql).sql).toBe(
      `SELECT '?', "a?", 'it''s ?', a /* ? */ FROM t -- ?\nWHERE b @> c AND d <@ e AND f = $1 AND g = 'x@y.z'`,
    );
  });

  it("of one name have one number", () => {
    const placed = placeholders("@b, @a, @b, @ab");
    expect(placed).toEqual({ sql: "$1, $2, $1, $3", names: ["b", "a", "ab"], count: 3 });
    expect(valuesOf(placed, [{ a: 1, b: "two", ab: null, more: 4 }])).toEqual(["two", "1", null]);
  });

  it("take no truth values, as SQLite takes none", () => {
    expect(() => valuesOf(placeholders("?"), [true as unknown as number])).toThrow("can only bind numbers, strings");
  });

  it("take a list as one value", () => {
    expect(listOf([1, -2])).toBe("{1,-2}");
    expect(listOf(['a"b', "c\\d", "e,f", "null"])).toBe('{"a\\"b","c\\\\d","e,f","null"}');
  });
});

describe("a statement", () => {
  it.each([
    ["SELECT 1", true],
    ["  with a AS (SELECT 1) SELECT * FROM a", true],
    ["VALUES (1)", true],
    ["WITH gone AS (DELETE FROM t RETURNING id) SELECT * FROM gone", false],
    ["SELECT id FROM jobs FOR UPDATE SKIP LOCKED", false],
    ["SELECT id FROM jobs FOR NO KEY UPDATE", false],
    ["SELECT nextval('ids')", false],
    ["SELECT pg_try_advisory_lock(1)", false],
    ["SELECT 1 INTO t", false],
    ["INSERT INTO t VALUES (1)", false],
  ])("only reads, or is not said to: %s", (sql, reads) => {
    expect(onlyReads(sql)).toBe(reads);
  });

  it("may stand in no transaction", () => {
    expect(["VACUUM t", "CREATE INDEX CONCURRENTLY i ON t (a)", "CREATE TABLE t (a int)"].map(standsAlone)).toEqual([true, true, false]);
  });
});
