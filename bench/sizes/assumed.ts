/** What the table of sizes takes for granted. Each can be given anew on the command line: `npm run bench -- sizes --help`. */
export interface Assumed {
  /** Faces that are found in a photo, on average. */
  readonly facesPerPhoto: number;
  /** Of one hour of one processor core with its 4 GiB of memory, in any currency. */
  readonly coreHour: number;
  /** Of one GiB of memory more, for an hour. */
  readonly memoryHour: number;
  /** Of one GB of solid-state disk, for a month. */
  readonly diskMonth: number;
  /** Of one hour of a GPU as large as an H200, with its machine. */
  readonly gpuHour: number;
  /** GiB of memory of the largest server that one wants to run. */
  readonly serverMemory: number;
}

/** Round figures of what clouds ask for general machines; one's own may cost a third. */
export const assumed: Assumed = { facesPerPhoto: 2, coreHour: 0.04, memoryHour: 0.005, diskMonth: 0.1, gpuHour: 3.5, serverMemory: 256 };

export const hoursPerMonth = 730;
