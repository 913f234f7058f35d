/** How a face looks to others, never what a person feels. */
export const looks = {
  known: {
    neutral: "neutral-looking",
    happiness: "happy-looking",
    surprise: "surprised-looking",
    sadness: "sad-looking",
    anger: "angry-looking",
    disgust: "disgusted-looking",
    fear: "fearful-looking",
    contempt: "contemptuous-looking",
  },
  other: (name: string) => `${name}-looking`,
};
