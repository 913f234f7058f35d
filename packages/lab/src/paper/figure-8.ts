import { contactSheet } from "../pictures/contact-sheet.ts";
import type { Experiment } from "./experiment.ts";
import { mixtureGroups } from "./mixture-groups.ts";
import { count } from "./numbers.ts";
import { lastLevel } from "./subdivided.ts";

const k = 40;
const top = 16;
const asked = "happiness";

export const experiment: Experiment = {
  name: "figure-8",
  title: "Figure 8: groups within happiness",
  paper:
    `EM with ${k} groups over the embeddings of Algorithm 2, and the ${top} faces nearest to each medoid, for the ` +
    "five groups of happiness: near surprise, near contempt, intense with teeth, babies, glasses and large eyes, it says.",
  trains: "subdivision",
  async make(study) {
    const { run } = await lastLevel(study);
    const { embeddings, images, dataset } = await study.evaluated(run);
    const X = embeddings.train;
    const groupsWanted = Math.min(k, Math.floor(X.rows / 20));
    study.progress(`EM of ${count(X.rows)} faces into ${groupsWanted} groups ...`);
    const { mixture, groups } = mixtureGroups(X, { k: groupsWanted, top });
    const wanted = (X.classes ?? []).indexOf(asked);
    const happy = groups.filter(({ leading }) => leading === wanted);
    const five = (happy.length > 0 ? happy : groups).slice(0, 5);
    const which = `${happy.length > 0 ? `The largest groups of ${asked}` : "The largest groups"}, training faces of ${dataset.name}`;
    return {
      lead:
        `${happy.length} of ${groups.length} groups are mostly ${asked}; ` +
        `the ${five.length} largest ${happy.length > 0 ? "" : "of all "}are shown.`,
      runs: [run],
      sections: [
        {
          title: which,
          text:
            `Training faces (${dataset.name}). In each group the medoid (large) and the ${top - 1} members nearest to ` +
            "it. EM knows nothing of the labels; the shares in the headings are counted afterwards. " +
            "A group has a name where more than half of its faces have that label.",
          picture: {
            file: "figure-8",
            svg: await contactSheet({ groups: five, images: images.train, title: which }),
          },
        },
        {
          title: "All groups",
          text: `Largest first. Mean log-likelihood a face ${mixture.logLikelihood.toFixed(2)} nats, diagonal covariances.`,
          table: [
            ["group", "faces", "mostly"],
            ...groups.map(({ size, title }, i) => [String(i + 1), count(size), title.replace(/^[^:]+:? ?/, "")]),
          ],
        },
      ],
      numbers: {
        k: groupsWanted,
        logLikelihood: mixture.logLikelihood,
        groups: groups.map(({ size, mix, medoid }) => ({ size, mix: [...mix], medoid: X.ids?.[medoid] ?? medoid })),
      },
    };
  },
};
