import { remark } from "../remarks.ts";
import { pictures } from "./compiled/pictures.ts";
import { bytesOf, wasm } from "./machine.ts";

/** Kernels for pixels, in packages/core/kernels/pictures.ts: each takes the address of its task. */
export interface PictureKernels {
  readonly cutBetween: (task: number) => void;
  readonly cutTurned: (task: number) => void;
  readonly cutUpright: (task: number) => void;
  readonly planesOf: (task: number) => void;
  readonly resizeRow: (task: number) => void;
  /** Their memory, of at least so many bytes. It stays as large as it once was; views of it hold until it is asked for the next time. */
  memory(bytes: number): ArrayBuffer;
}

interface Exports extends Omit<PictureKernels, "memory"> {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
}

const page = 65_536;
let opened: PictureKernels | null | undefined;

/** The kernels for pixels; undefined where the runtime has no 128-bit WebAssembly: plain loops do the same there. */
export function pictureKernels(): PictureKernels | undefined {
  if (opened !== undefined) return opened ?? undefined;
  opened = open() ?? null;
  if (opened === null)
    remark("This runtime has no SIMD in WebAssembly. Photos are cut without it: the pixels are the same, and take longer.");
  return opened ?? undefined;
}

function open(): PictureKernels | undefined {
  if (wasm === undefined) return undefined;
  try {
    const { exports } = new wasm.Instance(new wasm.Module(bytesOf(pictures)), {});
    const { memory, ...kernels } = exports as unknown as Exports;
    return {
      ...kernels,
      memory(bytes) {
        const missing = bytes - memory.buffer.byteLength;
        if (missing > 0) memory.grow(Math.ceil(missing / page));
        return memory.buffer;
      },
    };
  } catch {
    return undefined;
  }
}
