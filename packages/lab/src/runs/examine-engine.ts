import { EngineError } from "@semblant/core";
import { engine, loadable, setThreads } from "@semblant/torch";
import { type StepSpeed, timeSteps } from "@semblant/training/internals";

type EngineFacts = ReturnType<typeof engine>;

/** What is said of libtorch, of all that it says of itself. */
export interface EngineFound extends Pick<EngineFacts, "libtorch" | "instructions" | "threads" | "devices" | "gpus"> {
  /** Whether the processor is fast in bfloat16; a GPU beside it says nothing of that. */
  readonly fastBfloat16: boolean;
}

/** libtorch as it is here, or why it does not load; and how long a training step takes, where it was timed. */
export interface ExaminedEngine {
  readonly engine: EngineFound | { readonly error: string };
  /** Of one training step of `batch` images, in milliseconds, reckoned from one of `timed` images. */
  readonly step?: {
    readonly float32: number;
    readonly bfloat16: number;
    readonly batch: number;
    readonly timed: Readonly<Record<"float32" | "bfloat16", number>>;
  };
}

/**
 * What is known of libtorch here, and how fast a training step of `batch` images is. Where it does not load, it says
 * why and does not throw.
 */
export function examineEngine({
  threads,
  batch,
}: {
  readonly threads?: number | undefined;
  readonly batch?: number | undefined;
} = {}): ExaminedEngine {
  const loaded = loadable();
  if (loaded instanceof EngineError) return { engine: { error: loaded.message } };
  if (threads !== undefined) setThreads(threads);
  const found = describeEngine(engine());
  if (batch === undefined) return { engine: found };
  const [full, half] = [timeStep("float32", batch), timeStep("bfloat16", batch)];
  const milliseconds = { float32: Math.round(full.milliseconds), bfloat16: Math.round(half.milliseconds) };
  return { engine: found, step: { ...milliseconds, batch, timed: { float32: full.timed, bfloat16: half.timed } } };
}

/** What is said of libtorch, of all that it says of itself. */
export function describeEngine({ libtorch, instructions, threads, devices, gpus, bfloat16On }: EngineFacts): EngineFound {
  return { libtorch, instructions, threads, devices, gpus, fastBfloat16: bfloat16On.includes("cpu") };
}

/** The step that is timed, in one precision. */
function timeStep(precision: "float32" | "bfloat16", batch: number): StepSpeed {
  const loss = { name: "sgm", sigma: 2 } as const;
  return timeSteps({ network: { name: "resnet18", stem: "3x3-pool", baseChannels: 64 }, loss, precision }, { batch });
}
