/**
 * The only place from which training and libtorch are reached, and only when a command needs them: help, search and serving
 * never load either. Importing them loads no native code yet; the first tensor does.
 */
export async function loadEngine(): Promise<typeof import("@semblant/training")> {
  return import("@semblant/training");
}

/** The tensor engine itself, for what is asked of it directly: threads, and what is installed. */
export async function loadTorch(): Promise<typeof import("@semblant/torch")> {
  return import("@semblant/torch");
}

export type Engine = Awaited<ReturnType<typeof loadEngine>>;
