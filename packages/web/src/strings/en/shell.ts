/** The words around every screen. */
export const shell = {
  skip: "Skip to the content",
  screens: "Screens",
  more: "More",
  settings: "Appearance and language",
  theme: "Appearance",
  themes: { auto: "As the system", light: "Light", dark: "Dark" },
  language: "Language",
  notices: "Messages",
  counts: (photos: string, faces: string) =>
    `${photos} ${photos === "1" ? "photo" : "photos"}, ${faces} ${faces === "1" ? "face" : "faces"}`,
  empty: "No photos yet",
  readonly: "Read only",
  away: "The program that answers is not there. Trying again by itself.",
  stranger: "This page is not known to the program any more. Open the address that it printed last.",
  missing: "Nothing is at this address.",
  toPhotos: "To the photos",
  broken: "This part of the page failed.",
  reload: "Load the page again",
};
