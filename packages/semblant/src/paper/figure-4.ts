import { findNeighbors, Random } from "@semblant/core";
import { loadEngine } from "../engine.ts";
import { retrievalStrips } from "../pictures/retrieval-strips.ts";
import type { Experiment } from "./experiment.ts";
import { count } from "./numbers.ts";

const top = 5;
const perClass = 2;

export const experiment: Experiment = {
  name: "figure-4",
  title: "Figure 4: retrieval",
  paper: "The five faces of CelebA nearest to a query in the learned space, Euclidean distance. The queries are lost.",
  async make(study) {
    const engine = await loadEngine();
    const run = await study.mainRun();
    const { embeddings, images, dataset } = await study.evaluated(run);
    const [other] = study.others;
    const gallery = other === undefined ? undefined : await galleryOf(engine, run, other, (text) => study.progress(text));
    const queries = onePerClass(embeddings.test.labels as Int32Array, embeddings.test.classes?.length ?? 0);
    const asked = embeddings.test.take(queries);
    const within = gallery?.embeddings ?? embeddings.test;
    const found = findNeighbors(asked, within, { k: gallery === undefined ? top + 1 : top });
    const strips = queries.map((query, i) => {
      const rows = [...found.rows.subarray(i * found.k, (i + 1) * found.k)].filter((row) => gallery !== undefined || row !== query);
      return { query, neighbors: rows.slice(0, top) };
    });
    const labels = gallery === undefined ? (embeddings.test.labels as Int32Array) : undefined;
    const hits = labels && strips.map(({ query, neighbors }) => neighbors.filter((row) => labels[row] === labels[query]).length);
    const right = hits?.reduce((sum, n) => sum + n, 0);
    return {
      lead: `${count(queries.length)} test faces (${dataset.name}) and the ${top} nearest of ${count(within.rows)}${gallery ? ` of ${gallery.name}` : " test faces"}${right === undefined ? "" : `: ${right} of ${queries.length * top} have the query's label`}.`,
      runs: [run],
      sections: [
        {
          title: "Nearest faces",
          text: `${perClass} test faces of each class, drawn by lot (seed 0), the query at the left. ${gallery ? "The gallery has no expression labels." : "A mark says whether the label is the query's. For another gallery, as the paper's CelebA, name it with a second --data."}`,
          picture: {
            file: "figure-4",
            svg: await retrievalStrips({ strips, queries: images.test, gallery: gallery?.images ?? images.test }),
          },
        },
      ],
      numbers: { top, queries, gallery: gallery?.name ?? dataset.name, n: within.rows, ...(hits && { hits }) },
    };
  },
};

/** Another data set, labelled or not, in the run's space. */
async function galleryOf(engine: Awaited<ReturnType<typeof loadEngine>>, run: string, source: string, progress: (text: string) => void) {
  const loaded = engine.loadRun(run);
  progress(`reading ${source} ...`);
  const data = await engine.openData({ ...loaded.settings.data, source, split: "test" });
  const images = data.test;
  progress(`embedding ${count(images.images.count)} faces ...`);
  const embeddings = engine.embed(loaded.network, images, { precision: loaded.settings.precision });
  loaded.network.dispose();
  return { name: data.name, images, embeddings };
}

function onePerClass(labels: Int32Array, classes: number): number[] {
  const random = new Random(0);
  const order = random.permutation(labels.length);
  return Array.from({ length: classes }, (_, c) => [...order].filter((row) => labels[row] === c).slice(0, perClass)).flat();
}
