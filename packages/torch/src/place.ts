/** Where a tensor lives: "cpu", "cuda", "cuda:1". */
export type Device = string;

/** libtorch's numbers for layouts (c10/core/MemoryFormat.h). */
export const memoryFormats = { contiguous: 0, channelsLast: 2 } as const;

/** Which dimension varies fastest in memory: the last one, or the channels of an image batch. */
export type MemoryFormat = keyof typeof memoryFormats;
