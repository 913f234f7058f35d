import { show } from "./errors.ts";

/** Whether a value is a typed list of one kind. By its tag, so that one of another realm (a worker, a frame) is one, too. */
export function isTyped(list: unknown, kind: string): boolean {
  return ArrayBuffer.isView(list) && tagOf(list) === kind;
}

/** What a list is, as a message says it. */
export function kindOf(value: unknown): string {
  return Array.isArray(value) ? (isList(value[0]) ? "an array of arrays" : "an array") : show(value);
}

/**
 * How a list of numbers becomes one of the kind that is needed; undefined where there is no way.
 *
 * @example
 * conversionOf([[1, 2], [3, 4]], "values", "Float32Array"); // "Of an array: Float32Array.from(values.flat())"
 */
export function conversionOf(list: unknown, name: string, kind: string): string | undefined {
  if (Array.isArray(list)) {
    const [first] = list;
    if (Array.isArray(first)) return typeof first[0] === "number" ? `Of an array: ${kind}.from(${name}.flat())` : undefined;
    if (isNumbers(first)) return `Of an array: ${kind}.from(${name}.flatMap((row) => [...row]))`;
    return first === undefined || typeof first === "number" ? `Of an array: ${kind}.from(${name})` : undefined;
  }
  if (isTyped(list, "BigInt64Array") || isTyped(list, "BigUint64Array")) return `Of a ${tagOf(list)}: ${kind}.from(${name}, Number)`;
  return isNumbers(list) ? `Of a ${tagOf(list)}: ${kind}.from(${name})` : undefined;
}

const tagOf = (value: unknown) => Object.prototype.toString.call(value).slice("[object ".length, -1);
const isNumbers = (value: unknown) => ArrayBuffer.isView(value) && !tagOf(value).startsWith("Big") && tagOf(value) !== "DataView";
const isList = (value: unknown) => Array.isArray(value) || ArrayBuffer.isView(value);
