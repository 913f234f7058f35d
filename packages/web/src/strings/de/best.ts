import type { best as en } from "../en/best.ts";
import type { Wide } from "../en/wide.ts";

export const best: Wide<typeof en> = {
  title: "Beste Aufnahmen",
  lead: "Von Fotos eines Augenblicks das beste. Das schlechteste Gesicht zählt am meisten.",
  toAlbum: "Zum Album",
  wanted: "Alle sollen wirken",
  any: "beliebig, mit offenen Augen",
  chosen: "Gewählt",
  runnerUp: "Zweitbeste",
  rest: "Andere Aufnahmen dieses Augenblicks",
  compare: "In voller Größe vergleichen",
  full: "Volle Größe",
  scrolls: "Das Bild in voller Größe. Die Pfeiltasten bewegen beide.",
  previous: "Vorige Aufnahme",
  next: "Nächste Aufnahme",
  place: (n, all) => `${n} von ${all}`,
  takeOther: "Stattdessen die zweitbeste nehmen",
  take: (path) => `Stattdessen ${path} nehmen`,
  shot: (path) => `Das Foto ${path}`,
  shots: (n) => `${n} Aufnahmen`,
  score: "wie gewünscht",
  of: (n, all) => `${n} von ${all}`,
  closed: (n) => (n === "1" ? "1 mit geschlossenen Augen" : `${n} mit geschlossenen Augen`),
  blurred: (n) => (n === "1" ? "1 unscharf" : `${n} unscharf`),
  missing: (n) => (n === "1" ? "1 Gesicht des Augenblicks fehlt" : `${n} Gesichter des Augenblicks fehlen`),
  found: (n, singles) => {
    const moments = n === "1" ? "1 Augenblick hat" : `${n} Augenblicke haben`;
    const rest = singles === "1" ? "1 Foto ist" : `${singles} Fotos sind`;
    return `${moments} mehrere Aufnahmen. ${rest} das einzige eines Augenblicks.`;
  },
  none: {
    title: "Kein Augenblick hat mehrere Aufnahmen",
    text: "Fotos gelten als ein Augenblick, wenn sie einander ähneln und kurz nacheinander aufgenommen wurden.",
  },
};
