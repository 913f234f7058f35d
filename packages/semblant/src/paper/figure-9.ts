import { contactSheet } from "../pictures/contact-sheet.ts";
import type { Experiment } from "./experiment.ts";
import { mixtureGroups } from "./mixture-groups.ts";
import { count } from "./numbers.ts";
import { lastLevel } from "./subdivided.ts";

const k = 40;
const top = 16;

export const experiment: Experiment = {
  name: "figure-9",
  title: "Figure 9: groups of faces that the network was not trained on",
  paper: `Five of ${k} groups of AffectNet, by the network trained on FER+; which five, and how they were picked, is lost.`,
  async make(study) {
    const { run } = await lastLevel(study);
    const [other] = study.others;
    const { embeddings, images, dataset } = await study.evaluated(run, other === undefined ? {} : { data: other, bootstrap: 0 });
    const X = embeddings.test;
    const wanted = Math.min(k, Math.floor(X.rows / 20));
    study.progress(`EM of ${count(X.rows)} faces into ${wanted} groups ...`);
    const { mixture, groups } = mixtureGroups(X, { k: wanted, top });
    // The purest group of each expression shows most: at most five expressions, the commonest first.
    const purity = (group: (typeof groups)[number]) => (group.mix[group.leading] as number) / group.size;
    const byClass = new Map<number, (typeof groups)[number]>();
    for (const group of groups) {
      const before = byClass.get(group.leading);
      if (group.size >= top && (before === undefined || purity(group) > purity(before))) byClass.set(group.leading, group);
    }
    const five = [...byClass.values()].sort((a, b) => b.size - a.size).slice(0, 5);
    return {
      lead: `${five.length} of ${groups.length} groups of ${count(X.rows)} faces (${dataset.name}): the purest of an expression each.`,
      runs: [run],
      sections: [
        {
          title: "Groups",
          text: `${other === undefined ? "Test faces of the set that was trained on; for AffectNet name its folder with a second --data." : `All faces of ${dataset.name}.`} The medoid (large) and the ${top - 1} members nearest to it.`,
          picture: { file: "figure-9", svg: await contactSheet({ groups: five, images: images.test }) },
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
