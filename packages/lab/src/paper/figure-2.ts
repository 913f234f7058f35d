import type { Experiment } from "./experiment.ts";
import { mapSections } from "./map-figure.ts";

export const experiment: Experiment = {
  name: "figure-2",
  title: "Figure 2: a map of the SGM embedding",
  paper: "Two-dimensional t-SNE of the SGM embedding of FER+ training faces; the notebook takes the first 4,000, PCA start, perplexity 30.",
  trains: "run",
  async make(study) {
    const run = await study.mainRun();
    const { embeddings, images, dataset } = await study.evaluated(run);
    const training = await mapSections(study, embeddings.train, images.train, { file: "figure-2", title: "Training faces", sample: 4000 });
    const test = await mapSections(study, embeddings.test, images.test, {
      file: "figure-2-test",
      title: "Test faces",
      sample: 4000,
      text: "The paper maps what the network was trained on; faces that it has not seen lie less apart. ",
    });
    return {
      lead: `The learned space of ${dataset.name}, drawn so that near stays near.`,
      runs: [run],
      sections: [...training.sections, ...test.sections],
      numbers: { training: training.numbers, test: test.numbers },
    };
  },
};
