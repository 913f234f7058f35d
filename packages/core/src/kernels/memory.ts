import type { WasmMemory } from "./machine.ts";

const PAGE = 65_536;

/** Thrown where the memory cannot grow to what is asked of it. */
class NoRoom extends Error {}

/** What `lay` lays out; undefined where the memory has no room for it, and the plain code has to do the work. */
export function whereRoom<T>(lay: () => T): T | undefined {
  try {
    return lay();
  } catch (cause) {
    if (cause instanceof NoRoom) return undefined;
    throw cause;
  }
}

/** The first bytes are the threads' board, then comes the task that they work on. */
const [TASK, MOST_TASK, RESERVED] = [128, 384, 512];

/**
 * The kernels' memory, laid out anew for every use: {@link begin} forgets what lay there, {@link room} hands out addresses.
 *
 * It grows and is never given back, so a kernel's door keeps to tiles of bounded size: together at most 48 MiB.
 */
export class KernelMemory {
  readonly #memory: WasmMemory;
  #end = RESERVED;
  #use = 0;

  constructor(memory: WasmMemory) {
    this.#memory = memory;
  }

  /** Starts a new layout. What is returned tells {@link holds} whether it is still there. */
  begin(): number {
    this.#end = RESERVED;
    return ++this.#use;
  }

  /** False if other kernels have used the memory since. */
  holds(use: number): boolean {
    return use === this.#use;
  }

  /**
   * The address of that many bytes of its own, a multiple of 64. What they hold is left over from earlier uses.
   *
   * Where there is no room, {@link whereRoom} answers for what asked.
   */
  room(bytes: number): number {
    const at = this.#end;
    this.#end = 64 * Math.ceil((at + bytes) / 64);
    const lacking = Math.ceil((this.#end - this.#memory.buffer.byteLength) / PAGE);
    if (lacking > 0) this.#grow(lacking);
    return at;
  }

  #grow(pages: number): void {
    try {
      this.#memory.grow(pages);
    } catch {
      throw new NoRoom();
    }
  }

  floats(at: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, at, length);
  }

  doubles(at: number, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, at, length);
  }

  words(at: number, length: number): Int32Array {
    return new Int32Array(this.#memory.buffer, at, length);
  }

  /** Writes a task and gives its address: fields in the order of the kernel's class, whole numbers as int32, others as float64. */
  writeTask(fields: Readonly<Record<string, number | { readonly double: number }>>): number {
    const bytes = new DataView(this.#memory.buffer, TASK, MOST_TASK);
    let offset = 0;
    for (const field of Object.values(fields)) {
      if (typeof field === "number") {
        bytes.setInt32(offset, field, true);
        offset += 4;
      } else {
        offset = (offset + 7) & ~7;
        bytes.setFloat64(offset, field.double, true);
        offset += 8;
      }
    }
    return TASK;
  }
}
