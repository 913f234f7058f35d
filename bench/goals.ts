/** What each comparison is to reach, and why where it does not: both stand in the tables of docs/speed.md. */

export interface Goal {
  /** Of which peer: its name as the result has it. The goal counts for the fastest way of using it. */
  readonly peer: string;
  /** The least ratio. */
  readonly ratio: number;
  /** Why it is missed, where it is; one sentence. */
  readonly missed?: string;
}

const lanes =
  "WebAssembly has lanes of 128 bits. OpenBLAS multiplies with 256 or 512 bits here. Ours also measures the nearest again in float64, so that they are exact.";

export const goals: Readonly<Record<string, readonly Goal[]>> = {
  "training-step-float32-1-thread": [{ peer: "PyTorch", ratio: 1.3 }],
  "training-step-bfloat16-1-thread": [
    {
      peer: "PyTorch",
      ratio: 2,
      missed: "Convolutions take most of our step: the stem has one channel and strided layers multiply by zeros. No floor was measured.",
    },
  ],
  "workers-2": [
    {
      peer: "one process",
      ratio: 1.8,
      missed:
        "Two trainings that share nothing reach about 1.9 of one here. Ours wait a tenth of a step for each other. They also take a third more processor time per face: each repeats optimizer, weight average and loss. Where the rest goes was not measured.",
    },
  ],
  "embedding-float32-1-thread": [{ peer: "PyTorch", ratio: 1.3 }],
  "measuring-neighbors": [
    { peer: "scikit-learn", ratio: 2, missed: lanes },
    { peer: "faiss", ratio: 1, missed: lanes },
  ],
  "measuring-recall": [
    { peer: "scikit-learn", ratio: 2, missed: lanes },
    { peer: "faiss", ratio: 1, missed: lanes },
  ],
  "measuring-k-means": [{ peer: "scikit-learn", ratio: 1.5 }],
  "measuring-k-means-25": [{ peer: "faiss", ratio: 3 }],
  "measuring-mixture-full": [{ peer: "scikit-learn", ratio: 1.3 }],
  "measuring-mixture-diagonal": [
    {
      peer: "scikit-learn",
      ratio: 1.3,
      missed: "Both sides wait for memory and for exponentials; scikit-learn forms the densities by one product of matrices.",
    },
  ],
  "projection-5000": [
    {
      peer: "scikit-learn",
      ratio: 5,
      missed: "By the clock it is 7.1: ours uses both cores, scikit-learn's descent one. The pull of neighbours is still plain code.",
    },
  ],
  "expressions-small": [
    { peer: "@vladmandic/human", ratio: 3 },
    { peer: "@vladmandic/face-api", ratio: 4 },
  ],
  "photos-portraits": [{ peer: "@vladmandic/human on WebAssembly", ratio: 6 }],
  "photos-groups": [{ peer: "@vladmandic/human on WebAssembly", ratio: 6 }],
};
