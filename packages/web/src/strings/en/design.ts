/** The words of parts that all screens share. */
export const design = {
  close: "Close",
  cancel: "Cancel",
  undo: "Undo",
  again: "Try again",
  fewer: "Less",
  more: "More",
  waiting: "One moment",
  away: "The program that answers is not there.",
  noFaces: {
    title: "No faces yet",
    text: "Let Semblant read some photos first.",
    go: "To the photos",
  },
  distribution: "How probable each expression is",
  perhaps: (look: string) => `perhaps ${look}`,
  verdicts: { unsure: "Unsure", none: "None of these", turned: "Turned away", corrected: "by your correction" },
};
