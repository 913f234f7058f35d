/** What each comparison is to reach, and why where it does not: both stand in the tables of docs/speed.md. */

export interface Goal {
  /** Of which peer: its name as the result has it. The goal counts for the fastest way of using it. */
  readonly peer: string;
  /** The least ratio. */
  readonly ratio: number;
  /** Why it is missed, where it is; one sentence. */
  readonly missed?: string;
}

export const goals: Readonly<Record<string, readonly Goal[]>> = {
  "training-step-float32-1-thread": [{ peer: "PyTorch", ratio: 1.3 }],
  "training-step-bfloat16-1-thread": [{ peer: "PyTorch", ratio: 2 }],
  "embedding-float32-1-thread": [{ peer: "PyTorch", ratio: 1.3 }],
  "measuring-neighbors": [
    { peer: "scikit-learn", ratio: 2 },
    { peer: "faiss", ratio: 1 },
  ],
  "measuring-recall": [
    { peer: "scikit-learn", ratio: 2 },
    { peer: "faiss", ratio: 1 },
  ],
  "measuring-k-means": [{ peer: "scikit-learn", ratio: 1.5 }],
  "measuring-k-means-25": [{ peer: "faiss", ratio: 3 }],
  "measuring-mixture-full": [{ peer: "scikit-learn", ratio: 1.3 }],
  "measuring-mixture-diagonal": [{ peer: "scikit-learn", ratio: 1.3 }],
  "projection-5000": [{ peer: "scikit-learn", ratio: 5 }],
  "expressions-small": [
    { peer: "@vladmandic/human", ratio: 3 },
    { peer: "@vladmandic/face-api", ratio: 4 },
  ],
  "photos-portraits": [{ peer: "@vladmandic/human on WebAssembly", ratio: 6 }],
  "photos-groups": [{ peer: "@vladmandic/human on WebAssembly", ratio: 6 }],
};
