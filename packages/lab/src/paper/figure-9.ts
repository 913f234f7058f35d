import type { Embeddings } from "@semblant/core";
import { contactSheet } from "../pictures/contact-sheet.ts";
import type { Experiment } from "./experiment.ts";
import { type LabeledGroup, mixtureGroups } from "./mixture-groups.ts";
import { count } from "./numbers.ts";
import { type OtherFaces, otherFaces } from "./other-faces.ts";
import type { Study } from "./study.ts";
import { lastLevel } from "./subdivided.ts";

const k = 40;
const top = 16;

/** The class that more than half of a group have. */
const nameOf = ({ leading, mix, size }: LabeledGroup, { classes }: Embeddings) =>
  `${classes?.[leading]} ${((100 * (mix[leading] as number)) / size).toFixed(0)} %`;

/** The test faces of the run's own set. */
async function testFaces(study: Study, run: string): Promise<OtherFaces> {
  const { embeddings, images, dataset } = await study.evaluated(run);
  return { name: `the test faces of ${dataset.name}`, images: images.test, embeddings: embeddings.test };
}

export const experiment: Experiment = {
  name: "figure-9",
  title: "Figure 9: groups of faces, which EM makes and labels name afterwards",
  paper: `Five of ${k} groups of AffectNet, by the network trained on FER+; which five, and how they were picked, is lost.`,
  trains: "subdivision",
  async make(study) {
    const { run } = await lastLevel(study);
    const [other] = study.others;
    const {
      name,
      images,
      embeddings: X,
    } = other === undefined ? await testFaces(study, run) : await otherFaces(run, other, study.progress);
    const wanted = Math.min(k, Math.floor(X.rows / 20));
    study.progress(`EM of ${count(X.rows)} faces into ${wanted} groups ...`);
    const { mixture, groups } = mixtureGroups(X, { k: wanted, top });
    // The purest group of each expression shows most: at most five expressions, the commonest first. Without labels, the largest groups.
    const purity = (group: (typeof groups)[number]) => (group.mix[group.leading] as number) / group.size;
    const byClass = new Map<number, (typeof groups)[number]>();
    for (const group of groups) {
      const before = byClass.get(group.leading);
      if (group.leading >= 0 && group.size >= top && (before === undefined || purity(group) > purity(before)))
        byClass.set(group.leading, group);
    }
    const named = byClass.size > 0;
    const trainedOn =
      other === undefined
        ? "The set is the one that was trained on; for AffectNet name its folder with a second --data."
        : "The network was not trained on this set.";
    const five = (named ? [...byClass.values()].sort((a, b) => b.size - a.size) : groups).slice(0, 5);
    const which = named
      ? `the purest of each expression that more than half of some group have: ${five.map((group) => nameOf(group, X)).join(", ")}`
      : `the largest, since ${images.classes.length > 0 ? "no expression has half of any group" : "the faces have no labels"}`;
    return {
      lead: `${five.length} of ${groups.length} groups of ${count(X.rows)} faces (${name}): ${which}.`,
      runs: [run],
      sections: [
        {
          title: `Groups of ${name}`,
          text: `${trainedOn} The medoid (large) and the ${top - 1} members nearest to it.`,
          picture: { file: "figure-9", svg: await contactSheet({ groups: five, images, title: `Groups of ${name}` }) },
        },
      ],
      numbers: {
        k: wanted,
        logLikelihood: mixture.logLikelihood,
        groups: groups.map(({ size, mix, medoid }) => ({ size, mix: [...mix], medoid: X.ids?.[medoid] ?? medoid })),
      },
    };
  },
};
