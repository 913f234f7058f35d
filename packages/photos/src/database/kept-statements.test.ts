import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { keepStatements } from "./kept-statements.ts";

function made() {
  let prepared = 0;
  const file = new Database(":memory:");
  const prepare = file.prepare.bind(file);
  file.prepare = ((sql: string) => {
    prepared++;
    return prepare(sql);
  }) as typeof file.prepare;
  file.exec("CREATE TABLE numbers (n); INSERT INTO numbers VALUES (1), (2), (3)");
  return { file: keepStatements(file), prepared: () => prepared };
}
const all = "SELECT n FROM numbers ORDER BY n";

describe("a file that keeps statements", () => {
  it("prepares a text once", () => {
    const { file, prepared } = made();
    for (let i = 0; i < 100; i++) expect(file.prepare(all).all()).toHaveLength(3);
    expect(prepared()).toBe(1);
  });

  it("answers in the form that was asked for, whoever asked before", () => {
    const { file } = made();
    const rows = file.prepare(all);
    const plucked = file.prepare(all).pluck();
    expect(file.prepare(all).raw().get()).toEqual([1]);
    expect(plucked.get()).toBe(1);
    expect(rows.get()).toEqual({ n: 1 });
  });

  it("lends no statement that still gives rows", () => {
    const { file } = made();
    const pairs: number[][] = [];
    for (const a of file.prepare(all).pluck().iterate()) {
      for (const b of file.prepare(all).pluck().iterate()) pairs.push([a as number, b as number]);
    }
    expect(pairs).toHaveLength(9);
  });

  it("goes on when a table was made anew", () => {
    const { file } = made();
    expect(file.prepare(all).pluck().all()).toEqual([1, 2, 3]);
    file.exec("DROP TABLE numbers; CREATE TABLE numbers (n); INSERT INTO numbers VALUES (7)");
    expect(file.prepare(all).pluck().all()).toEqual([7]);
  });

  it("keeps no more than some", () => {
    const { file, prepared } = made();
    for (let i = 0; i < 1000; i++) file.prepare(`SELECT ${i}`).get();
    expect(prepared()).toBe(1000);
    expect(file.prepare("SELECT 0").pluck().get()).toBe(0);
  });
});
