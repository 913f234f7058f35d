import { z } from "@hono/zod-openapi";
import { nearest, show } from "@semblant/core/internals";

/**
 * Schemas whose messages say what is expected, as the end of the sentence "expected k to be …". So that what an API refuses reads like
 * what a command refuses.
 */

/** A whole number of a JSON body. */
export function whole(least: number, most: number) {
  const error = `a whole number from ${least} to ${most}`;
  return z.number({ error }).int({ error }).min(least, { error }).max(most, { error });
}

/** A number of a JSON body. */
export function within(least: number, most: number) {
  const error = `a number from ${least} to ${most}`;
  return z.number({ error }).min(least, { error }).max(most, { error });
}

/** The id of a face, photo, job or correction. */
export function id(of: string) {
  const error = `the id of ${of}`;
  return z.number({ error }).int({ error }).min(0, { error });
}

/** A text that is not empty. */
export function text(most: number, what = "a text") {
  const error = `${what} of 1 to ${most} characters`;
  return z.string({ error }).min(1, { error }).max(most, { error });
}

/** What randomness begins with: the same seed, the same answer. */
export function seed() {
  return whole(0, 2 ** 31)
    .optional()
    .openapi({ description: "The same seed gives the same answer (0)." });
}

export const flag = () => z.boolean({ error: "true or false" });

export function oneOf<const T extends readonly [string, ...string[]]>(...names: T) {
  return z.enum(names as unknown as Readonly<Record<string, T[number]>>, { error: `one of ${names.join(", ")}` });
}

/** A list of a JSON body. */
export function some<T extends z.ZodType>(one: T, { least = 0, most, what }: { least?: number; most: number; what: string }) {
  const error = `${least === 0 ? "at most" : `${least} to`} ${most} ${what}`;
  return z.array(one, { error }).min(least, { error }).max(most, { error });
}

/** A list of an answer. */
export function list<T extends z.ZodType>(one: T) {
  return z.array(one).readonly();
}

/** An object of a request: what it does not know is refused, by name and with the nearest known one. */
export function options<T extends z.core.$ZodLooseShape>(shape: T) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? unknownOption(issue.keys[0] as string, known) : "an object of options"),
  });
}

function unknownOption(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return `unknown option ${show(name)}; ${near === undefined ? `known: ${known.join(", ")}` : `did you mean ${show(near)}?`}`;
}

/** An id in a path. */
export function pathId(of: string) {
  return z
    .string({ error: `the id of ${of}` })
    .regex(/^\d{1,15}$/, { error: `the id of ${of}` })
    .transform(Number)
    .openapi({ type: "integer", minimum: 0, description: `The id of ${of}.` });
}

/** A number in a query. */
export function numberInText<T extends z.ZodType<number, number>>(number: T) {
  return z
    .string()
    .transform((given) => (/^-?\d+(\.\d+)?$/.test(given) ? Number(given) : Number.NaN))
    .pipe(number as z.ZodType<number, number>)
    .openapi({ type: "number" });
}

/** What is wrong with a request, in a sentence: *where: expected … to be … but got …*. */
export function inWords(where: string, error: z.ZodError, given: unknown): string {
  const issue = error.issues[0] as z.core.$ZodIssue;
  if (issue.code === "unrecognized_keys") return `${where}: ${issue.message}`;
  const [name, value] = valueAt(given, issue.path);
  return `${where}: expected ${name} to be ${issue.message}, but got ${show(value)}.`;
}

function valueAt(given: unknown, path: readonly PropertyKey[]): [name: string, value: unknown] {
  let value = given;
  for (const part of path) value = (value as Record<PropertyKey, unknown> | undefined | null)?.[part];
  const name = path.map((part, i) => (typeof part === "number" ? `[${part}]` : `${i === 0 ? "" : "."}${String(part)}`)).join("");
  return [name === "" ? "the request" : name, value];
}
