import type { shell as en } from "../en/shell.ts";
import type { Wide } from "../en/wide.ts";

export const shell: Wide<typeof en> = {
  skip: "Zum Inhalt springen",
  screens: "Ansichten",
  more: "Mehr",
  settings: "Aussehen und Sprache",
  theme: "Aussehen",
  themes: { auto: "Wie das System", light: "Hell", dark: "Dunkel" },
  language: "Sprache",
  notices: "Meldungen",
  photos: (n) => `${n} ${n === "1" ? "Foto" : "Fotos"}`,
  faces: (n) => `${n} ${n === "1" ? "Gesicht" : "Gesichter"}`,
  empty: "Noch keine Fotos",
  readonly: "Nur zum Lesen",
  away: "Das Programm antwortet nicht. Die Seite versucht es von selbst wieder.",
  stranger: "Das Programm kennt diese Seite nicht mehr. Öffnen Sie die Adresse, die es zuletzt genannt hat.",
  missing: "An dieser Adresse ist nichts.",
  toPhotos: "Zu den Fotos",
  broken: "Dieser Teil der Seite ist ausgefallen.",
  reload: "Seite neu laden",
};
