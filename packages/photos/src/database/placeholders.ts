import type { Given, Value } from "./database.ts";

/** A text with PostgreSQL's own parameters. */
export interface Placed {
  readonly sql: string;
  /** Of `@name` parameters, in the order of their numbers; undefined where they are `?`. */
  readonly names: readonly string[] | undefined;
  readonly count: number;
}

/** Texts, quoted names and comments, in which nothing is a parameter, and then what is one. */
const parts = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\?|(?<![<@\w])@[A-Za-z_]\w*/g;

/**
 * Writes `?` and `@name` as `$1`, `$2`, ...
 *
 * @example
 * placeholders("SELECT '?' WHERE a = @a AND b > @a").sql; // "SELECT '?' WHERE a = $1 AND b > $1"
 */
export function placeholders(sql: string): Placed {
  const names: string[] = [];
  let count = 0;
  const written = sql.replace(parts, (part) => {
    if (part === "?") return `$${++count}`;
    if (!part.startsWith("@")) return part;
    const name = part.slice(1);
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  return names.length === 0 ? { sql: written, names: undefined, count } : { sql: written, names, count: names.length };
}

/** What goes to the server for each parameter. */
export type Sent = string | Uint8Array | null;

/**
 * The values of parameters, in the order of their numbers.
 *
 * @throws TypeError if there are fewer or more than the text has, as SQLite says it
 */
export function valuesOf({ names, count }: Placed, given: readonly Given[]): Sent[] {
  const values = names === undefined ? (given as readonly Value[]) : byName(names, given[0]);
  if (values.length < count) throw new TypeError("Too few parameter values were provided");
  if (values.length > count) throw new TypeError("Too many parameter values were provided");
  return values.map(sent);
}

function byName(names: readonly string[], given: Given): Value[] {
  const named = (typeof given === "object" && given !== null ? given : {}) as Readonly<Record<string, Value>>;
  return names.map((name) => {
    if (!Object.hasOwn(named, name)) throw new RangeError(`Missing named parameter "${name}"`);
    return named[name];
  });
}

/** Not a number is nothing, as with SQLite. Bytes are copied out of what holds others, too: a message takes along the whole of that. */
function sent(value: Value): Sent {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return Number.isNaN(value) ? null : String(value);
  if (typeof value === "bigint") return String(value);
  if (typeof value === "string") return value;
  if (value instanceof Uint8Array) return Uint8Array.prototype.slice.call(value);
  throw new TypeError("PostgreSQL can only bind numbers, strings, bigints, buffers, and null");
}

/** A list as one value, for `= ANY(?)`. */
export const listOf = (values: readonly (number | string)[]): string =>
  `{${values.map((value) => (typeof value === "number" ? value : `"${value.replace(/["\\]/g, "\\$&")}"`)).join(",")}}`;
