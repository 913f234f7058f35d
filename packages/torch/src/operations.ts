import { EngineError } from "@semblant/core";
import { native } from "./binding.ts";
import type { NativeResult, NativeValue } from "./native.ts";

/** A handle to one ATen operator; looked up in the dispatcher at its first call. */
export interface Operation {
  (...values: NativeValue[]): NativeResult;
  /** Without a result: for operations in place. */
  run(...values: NativeValue[]): void;
}

/**
 * An ATen operator by the name in its schema: `operation("aten::add", "Tensor")`.
 *
 * What libtorch refuses becomes an {@link EngineError} of one line: operation, shapes, and the first line of its message.
 */
export function operation(name: string, overload = ""): Operation {
  let id: number | undefined;
  const find = (): number => native().op(name, overload);
  const call = (...values: NativeValue[]): NativeResult => {
    try {
      id ??= find();
      return native().call(id, ...values);
    } catch (cause) {
      throw refused(name, values, cause);
    }
  };
  const run = (...values: NativeValue[]): void => {
    try {
      id ??= find();
      native().run(id, ...values);
    } catch (cause) {
      throw refused(name, values, cause);
    }
  };
  return Object.assign(call, { run });
}

/** The words for an operation that libtorch refused. */
export function refused(name: string, values: readonly NativeValue[], cause: unknown): Error {
  if (cause instanceof EngineError) return cause;
  const shapes = values.flatMap(shapeOf).join(", ");
  return new EngineError(`${name.replace("aten::", "")}(${shapes}): ${(cause as Error).message}`, { cause });
}

/** The shape of a handle among an operation's values, as `(2, 3)`; other values say nothing. */
function shapeOf(value: NativeValue): string[] {
  if (Array.isArray(value)) return value.slice(0, 4).flatMap(shapeOf);
  if (typeof value !== "object" || value === null) return [];
  try {
    return [
      `(${native()
        .shape(value as never)
        .join(", ")})`,
    ];
  } catch {
    return ["disposed"];
  }
}
