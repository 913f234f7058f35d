import { rules } from "@semblant/core/internals";
import { drawnSet } from "../description/data-set.ts";
import { optionOf } from "../description/set-option.ts";
import { generateFaces } from "../generated/generate.ts";

/** 32 GiB of them: more faces are not generated, since all are kept in memory. */
const mostPixels = 2 ** 35;

/** Drawn faces whose truth is known: see {@link generateFaces}. */
export const set = drawnSet({
  title: "generated faces",
  source: "generated",
  files: "none: faces are drawn, with eight expressions and five hidden sub-classes in each",
  pictures: "faces",
  options: {
    count: optionOf<number>(rules.whole(8, 10_000_000), { default: 4000, text: "How many faces there are in all splits together." }),
    difficulty: optionOf<number>(rules.from0(100), { default: 1, text: "How hard they are: 0 full prototypes, 1 about as hard as FER+." }),
  },
  draw: ({ count, difficulty }) => generateFaces({ count, difficulty }),
  refuse({ count }, { size, channels }) {
    const most = Math.floor(mostPixels / (size * size * channels));
    if (count <= most) return undefined;
    return { option: "count", expected: `a whole number from 8 to ${most} for images of data.size=${size}` };
  },
});
