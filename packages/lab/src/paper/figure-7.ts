import type { Experiment } from "./experiment.ts";
import { mapSections } from "./map-figure.ts";
import { lastLevel } from "./subdivided.ts";

export const experiment: Experiment = {
  name: "figure-7",
  title: "Figure 7: a map of the sub-class embedding",
  paper: "Barnes-Hut t-SNE of the 64 dimensions that Algorithm 2 ends with: ResNet18, FER+, five Gaussian sub-classes an expression.",
  trains: "subdivision",
  async make(study) {
    const { run, level } = await lastLevel(study);
    const { embeddings, images, dataset } = await study.evaluated(run);
    const training = await mapSections(study, embeddings.train, images.train, {
      file: "figure-7",
      title: "Training faces",
      sample: study.quick ? 3000 : 25_045,
    });
    const test = await mapSections(study, embeddings.test, images.test, { file: "figure-7-test", title: "Test faces", sample: 4000 });
    return {
      lead: `The learned space of ${dataset.name} after level ${level} of Algorithm 2.`,
      runs: [run],
      sections: [...training.sections, ...test.sections],
      numbers: { level, training: training.numbers, test: test.numbers },
    };
  },
};
