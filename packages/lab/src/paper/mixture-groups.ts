import { type Embeddings, fitGaussianMixture, type Group, groupsOf, Random } from "@semblant/core";

/** A group of the mixture with what its members are labelled. */
export interface LabeledGroup extends Group {
  /** (classes): members of each class. */
  readonly mix: Int32Array;
  /** The class of more than half of the members; −1 where no class has so many: the group then has no name. */
  readonly leading: number;
  readonly title: string;
}

/**
 * The paper's groups: EM with so many components over all embeddings, classes unknown to it; of each group the medoid, and the
 * members nearest to it (section 4.2.3). Largest first.
 */
export function mixtureGroups(X: Embeddings, { k, top }: { readonly k: number; readonly top: number }) {
  const mixture = fitGaussianMixture(X, { k, covariance: "diagonal", regularization: 1e-3, restarts: 1, random: new Random(0) });
  const classes = X.classes ?? [];
  const labels = X.labels;
  const clusters = mixture.clusters(X);
  const mixes = Array.from({ length: k }, () => new Int32Array(classes.length));
  if (labels !== undefined) {
    clusters.forEach((cluster, row) => {
      const mix = mixes[cluster] as Int32Array;
      const label = labels[row] as number;
      if (label >= 0) mix[label] = (mix[label] as number) + 1;
    });
  }
  const groups = groupsOf(X, clusters, { top })
    .map((group): LabeledGroup => {
      const mix = mixes[group.cluster] as Int32Array;
      const leading = mix.findIndex((n) => n > group.size / 2);
      const share = (100 * (mix[leading] ?? 0)) / group.size;
      const words = leading >= 0 ? `: ${classes[leading]} ${share.toFixed(0)} %` : classes.length > 0 ? ": no expression has half" : "";
      return { ...group, mix, leading, title: `${group.size.toLocaleString("en-US")} faces${words}` };
    })
    .sort((a, b) => b.size - a.size || a.cluster - b.cluster);
  return { mixture, groups };
}
