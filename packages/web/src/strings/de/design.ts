import type { design as en } from "../en/design.ts";
import type { Wide } from "../en/wide.ts";

export const design: Wide<typeof en> = {
  close: "Schließen",
  cancel: "Abbrechen",
  undo: "Rückgängig",
  again: "Noch einmal versuchen",
  fewer: "Weniger",
  more: "Mehr",
  waiting: "Einen Augenblick",
  away: "Das Programm antwortet nicht.",
  noFaces: {
    title: "Noch keine Gesichter",
    text: "Lassen Sie Semblant zuerst Fotos lesen.",
    go: "Zu den Fotos",
  },
  distribution: "Wie wahrscheinlich jeder Ausdruck ist",
  perhaps: (look) => `vielleicht ${look}`,
  verdicts: { unsure: "Unsicher", none: "Nichts davon", turned: "Abgewandt", corrected: "nach Ihrer Korrektur" },
};
