import { findNeighbors, Random } from "@semblant/core";
import { retrievalStrips } from "../pictures/retrieval-strips.ts";
import type { Experiment } from "./experiment.ts";
import { count } from "./numbers.ts";
import { labelOf, otherFaces } from "./other-faces.ts";

const top = 5;
const perClass = 2;

export const experiment: Experiment = {
  name: "figure-4",
  title: "Figure 4: retrieval",
  paper: "The five faces of CelebA nearest to a query in the learned space, Euclidean distance. The queries are lost.",
  trains: "run",
  async make(study) {
    const run = await study.mainRun();
    const { embeddings, images, dataset } = await study.evaluated(run);
    const [other] = study.others;
    const gallery = other === undefined ? undefined : await otherFaces(run, other, (text) => study.progress(text));
    const queries = onePerClass(embeddings.test.labels as Int32Array, embeddings.test.classes?.length ?? 0);
    const asked = embeddings.test.take(queries);
    const within = gallery?.embeddings ?? embeddings.test;
    const found = findNeighbors(asked, within, { k: gallery === undefined ? top + 1 : top });
    const strips = queries.map((query, i) => {
      const rows = [...found.rows.subarray(i * found.k, (i + 1) * found.k)].filter((row) => gallery !== undefined || row !== query);
      return { query, neighbors: rows.slice(0, top) };
    });
    const faces = gallery?.images ?? images.test;
    const labelled = faces.classes.length > 0;
    const hits = labelled
      ? strips.map(({ query, neighbors }) => neighbors.filter((row) => labelOf(faces, row) === labelOf(images.test, query)).length)
      : undefined;
    const right = hits?.reduce((sum, n) => sum + n, 0);
    const where = `Nearest faces of ${gallery?.name ?? `the test faces of ${dataset.name}`}`;
    const among = `${count(within.rows)}${gallery ? ` of ${gallery.name}` : " test faces"}`;
    const hit = right === undefined ? "" : `: ${right} of ${queries.length * top} have the query's label`;
    const marked = labelled ? "A mark says whether the label is the query's." : "The gallery has no labels, so no neighbour is marked.";
    const otherwise = gallery ? "" : " For another gallery, as the paper's CelebA, name it with a second --data.";
    return {
      lead: `${count(queries.length)} test faces (${dataset.name}) and the ${top} nearest of ${among}${hit}.`,
      runs: [run],
      sections: [
        {
          title: where,
          text: `${perClass} test faces per class, drawn at random (seed 0), the query at the left. ${marked}${otherwise}`,
          picture: {
            file: "figure-4",
            svg: await retrievalStrips({ strips, queries: images.test, gallery: faces, title: where }),
          },
        },
      ],
      numbers: { top, queries, gallery: gallery?.name ?? dataset.name, n: within.rows, ...(hits && { hits }) },
    };
  },
};

function onePerClass(labels: Int32Array, classes: number): number[] {
  const random = new Random(0);
  const order = random.permutation(labels.length);
  return Array.from({ length: classes }, (_, c) => [...order].filter((row) => labels[row] === c).slice(0, perClass)).flat();
}
