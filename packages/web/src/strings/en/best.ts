/** The words of the screen of best shots. */
export const best = {
  title: "Best shots",
  lead: "Of photos taken in one moment, the best. The worst face of a shot counts most.",
  toAlbum: "Album",
  wanted: "Everyone should look",
  any: "any way, with open eyes",
  chosen: "Chosen",
  runnerUp: "Runner-up",
  rest: "Other shots of this moment",
  compare: "Compare at full size",
  full: "Full size",
  scrolls: "The picture at full size. The arrow keys move both.",
  previous: "Previous shot",
  next: "Next shot",
  place: (n: string, all: string) => `${n} of ${all}`,
  takeOther: "Take the runner-up instead",
  take: (path: string) => `Take ${path} instead`,
  shot: (path: string) => `The photo ${path}`,
  shots: (n: string) => `${n} shots`,
  score: "as wished",
  of: (n: string, all: string) => `${n} of ${all}`,
  closed: (n: string) => (n === "1" ? "1 with closed eyes" : `${n} with closed eyes`),
  blurred: (n: string) => (n === "1" ? "1 blurred" : `${n} blurred`),
  missing: (n: string) => (n === "1" ? "1 face of the moment is missing" : `${n} faces of the moment are missing`),
  found: (n: string, singles: string) => {
    const moments = n === "1" ? "1 moment has" : `${n} moments have`;
    const rest = singles === "1" ? "1 photo is" : `${singles} photos are`;
    return `${moments} several shots. ${rest} the only one of a moment.`;
  },
  none: {
    title: "No moment has several shots",
    text: "Photos count as one moment when they look alike and were taken soon after each other.",
  },
};
