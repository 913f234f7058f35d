import type Database from "better-sqlite3";

/** How many texts are kept at most; there are about fifty, and some more by filters. */
const most = 200;

type Form = "rows" | "pluck" | "raw";

/**
 * Lets a file prepare each text once and hand the same statement out again.
 *
 * SQLite's memory of a statement is freed when the event loop turns after the rubbish collector came by: a program that searches and
 * searches, and waits for nothing, gives it no turn, and would gather about 100 KiB at each search.
 * For the same reason nothing that is asked again and again goes through rows by `iterate`: each iterator is 200 bytes so.
 */
export function keepStatements(file: Database.Database): Database.Database {
  const prepare = file.prepare.bind(file) as (sql: string) => Database.Statement;
  const kept = new Map<string, Database.Statement>();

  const take = (sql: string, form: Form): Database.Statement => {
    const key = `${form} ${sql}`;
    const known = kept.get(key);
    if (known !== undefined && !known.busy) return known;
    const statement = prepare(sql);
    if (form === "pluck") statement.pluck();
    else if (form === "raw") statement.raw();
    // What the form of its answers is stays with a statement, so that each form is a statement of its own.
    statement.pluck = () => take(sql, "pluck");
    statement.raw = () => take(sql, "raw");
    if (known === undefined) {
      if (kept.size >= most) kept.delete(kept.keys().next().value as string);
      kept.set(key, statement);
    }
    return statement;
  };
  file.prepare = ((sql: string) => take(sql, "rows")) as typeof file.prepare;
  return file;
}
