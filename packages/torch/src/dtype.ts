import { OptionError } from "@semblant/core";
import type { TypedArray } from "./native.ts";

/** What an element of a tensor is. */
export type DType = "float32" | "float64" | "bfloat16" | "float16" | "int64" | "int32" | "uint8" | "bool";

/** libtorch's numbers for them (c10/core/ScalarType.h). */
const codes: Readonly<Record<DType, number>> = { uint8: 0, int32: 3, int64: 4, float16: 5, float32: 6, float64: 7, bool: 11, bfloat16: 15 };
const names = new Map(Object.entries(codes).map(([name, code]) => [code, name as DType]));

export const dtypes = Object.keys(codes) as readonly DType[];

/** Bytes of one element. */
export const elementSize: Readonly<Record<DType, number>> = {
  uint8: 1,
  int32: 4,
  int64: 8,
  float16: 2,
  float32: 4,
  float64: 8,
  bool: 1,
  bfloat16: 2,
};

export function codeOf(dtype: DType): number {
  const code = codes[dtype];
  if (code === undefined) throw new OptionError(`tensor: unknown dtype "${dtype}"; known: ${dtypes.join(", ")}.`);
  return code;
}

export function dtypeOf(code: number): DType {
  const name = names.get(code);
  if (name === undefined) throw new OptionError(`tensor: libtorch's type number ${code} is none of ${dtypes.join(", ")}.`);
  return name;
}

export const isDType = (name: string): name is DType => Object.hasOwn(codes, name);

/** The element type whose bytes a typed array holds. */
export function dtypeOfArray(values: TypedArray): DType {
  if (values instanceof Float32Array) return "float32";
  if (values instanceof Float64Array) return "float64";
  if (values instanceof BigInt64Array) return "int64";
  if (values instanceof Int32Array) return "int32";
  return "uint8";
}
