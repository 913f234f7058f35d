import type { looks as en } from "../en/looks.ts";
import type { Wide } from "../en/wide.ts";

export const looks: Wide<typeof en> = {
  known: {
    neutral: "neutral aussehend",
    happiness: "fröhlich aussehend",
    surprise: "überrascht aussehend",
    sadness: "traurig aussehend",
    anger: "wütend aussehend",
    disgust: "angewidert aussehend",
    fear: "ängstlich aussehend",
    contempt: "verächtlich aussehend",
  },
  other: (name) => `sieht nach „${name}“ aus`,
};
