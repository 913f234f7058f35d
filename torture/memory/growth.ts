/** What a process holds after a round of questions, in mebibytes, once the garbage collector has come by. */
export interface Sample {
  readonly heap: number;
  readonly resident: number;
}

/** How a process grew from the end of its warm-up to its end. */
export interface Growth {
  readonly rounds: number;
  /** Rounds of the warm-up. */
  readonly warmUp: number;
  /** Medians of the window after the warm-up and of the last one. */
  readonly first: Sample;
  readonly last: Sample;
}

/**
 * Growth by medians of two windows, each a tenth of the rounds: right after the warm-up, and at the end. The warm-up is a hundred rounds,
 * or the first third where there are fewer than three hundred.
 */
export function growthOf(samples: readonly Sample[]): Growth {
  const rounds = samples.length;
  const warmUp = Math.min(100, Math.floor(rounds / 3));
  const window = Math.max(1, Math.floor(rounds / 10));
  return { rounds, warmUp, first: medians(samples.slice(warmUp, warmUp + window)), last: medians(samples.slice(-window)) };
}

/** What grew by more than a part of itself, in a line; undefined where nothing did. */
export function faultOf({ rounds, warmUp, first, last }: Growth, most: number): string | undefined {
  const grown = (["heap", "resident"] as const).filter((of) => last[of] > first[of] * (1 + most));
  if (grown.length === 0) return undefined;
  const said = grown.map((of) => `${of} from ${first[of].toFixed(1)} to ${last[of].toFixed(1)} MiB`);
  return `grew by more than ${100 * most} %: ${said.join(", ")} between round ${warmUp} and round ${rounds}`;
}

function medians(samples: readonly Sample[]): Sample {
  const of = (name: keyof Sample) => {
    const sorted = samples.map((sample) => sample[name]).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  return { heap: of("heap"), resident: of("resident") };
}
