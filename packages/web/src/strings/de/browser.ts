import type { browser as en } from "../en/browser.ts";
import type { Wide } from "../en/wide.ts";

/** Die Wörter einer Seite, die die Fotos selbst aufbewahrt. */
export const browser: Wide<typeof en> = {
  name: "Dieser Browser",
  welcome: "Die Ausdrücke in Ihren Fotos sehen",
  what: "Semblant findet Gesichter in Fotos und legt ähnliche Ausdrücke nah zusammen: auf einer Karte, in Gruppen, bei der Suche.",
  here: "Alles geschieht in diesem Browser. Kein Foto verlässt Ihr Gerät, und niemand erfährt, was darauf ist.",
  choose: "Fotos wählen",
  chooseFolder: "Ordner wählen",
  drop: "Sie können Fotos oder einen Ordner auch irgendwo auf diese Seite ziehen.",
  try: "Mit gezeichneten Gesichtern ausprobieren",
  drawn: "Die gezeichneten Gesichter sind 36 Fotos; niemand darauf ist echt.",
  copies: "Fotos werden in den Speicher dieses Browsers kopiert, damit sie beim nächsten Mal da sind. Ihre Dateien bleiben, wie sie sind.",
  room: (free) => `Etwa ${free} sind frei.`,
  unkept: "Dieses Fenster bewahrt nichts auf: Fotos und Korrekturen sind weg, wenn es geschlossen wird.",
  newer: "Eine neue Version ist da.",
  takeNewer: "Laden",
  storage: {
    title: "In diesem Browser",
    taken: (photos, size) => `${photos} Fotos sind hier aufbewahrt, zusammen ${size}.`,
    left: (size) => `Etwa ${size} sind noch frei.`,
    erase: "Alles aus diesem Browser löschen",
    sure: "Alles löschen?",
    gone: "Fotos, Gesichter, Korrekturen und gespeicherte Suchen verschwinden aus diesem Browser. Ihre Dateien bleiben, wie sie sind.",
    keep: "Behalten",
    erased: "Alles wurde aus diesem Browser gelöscht.",
  },
};
