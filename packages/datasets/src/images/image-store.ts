/**
 * Images of one size, kept somewhere (memory, a packed cache on disk): 8 bits a value, channels interleaved.
 * A store is asked for rows and never for everything, so that a set need not fit in memory.
 */
export interface ImageStore {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  /** 1 (grey) or 3 (red, green, blue). */
  readonly channels: number;
  /** The folder that these images were written to, decoded, as they were read; undefined where they lay there already, or nowhere. */
  readonly keptIn?: string;
  /** Writes the images asked for, one after the other, into `into` (rows.length × height × width × channels bytes). */
  gather(rows: ArrayLike<number>, into: Uint8Array): void;
}
