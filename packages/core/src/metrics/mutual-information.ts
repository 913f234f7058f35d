import type { Contingency } from "./contingency.ts";

/** Entropy of a partition in nats: −Σ p ln p, with 0 ln 0 = 0. */
export function entropy(sizes: Float64Array, rows: number): number {
  let sum = 0;
  for (const size of sizes) if (size > 0) sum -= (size / rows) * Math.log(size / rows);
  return sum;
}

/** I(Ω; C) in nats; never below 0. */
export function mutualInformation({ rows, classSizes, clusterSizes, counts }: Contingency): number {
  let sum = 0;
  for (let c = 0; c < classSizes.length; c++) {
    for (let k = 0; k < clusterSizes.length; k++) {
      const both = counts[c * clusterSizes.length + k] as number;
      if (both === 0) continue;
      sum += (both / rows) * Math.log((both * rows) / ((classSizes[c] as number) * (clusterSizes[k] as number)));
    }
  }
  return Math.max(0, sum);
}

/**
 * The mutual information to be expected if rows fell into classes and clusters of these sizes by chance (hypergeometric).
 * Vinh, Epps and Bailey 2010, "Information theoretic measures for clusterings comparison", eq. 24a.
 */
export function expectedMutualInformation({ rows, classSizes, clusterSizes }: Contingency): number {
  const ln = lnFactorials(rows);
  const lnFactorial = (n: number) => ln[n] as number;
  let sum = 0;
  for (const a of classSizes) {
    for (const b of clusterSizes) {
      const margins = lnFactorial(a) + lnFactorial(b) + lnFactorial(rows - a) + lnFactorial(rows - b) - lnFactorial(rows);
      for (let both = Math.max(1, a + b - rows); both <= Math.min(a, b); both++) {
        const cells = lnFactorial(both) + lnFactorial(a - both) + lnFactorial(b - both) + lnFactorial(rows - a - b + both);
        sum += (both / rows) * Math.log((both * rows) / (a * b)) * Math.exp(margins - cells);
      }
    }
  }
  return sum;
}

let table = Float64Array.of(0);

/** ln 0! to ln n!, grown when needed; summed with compensation, since AMI is a difference of such sums. */
function lnFactorials(n: number): Float64Array {
  if (table.length > n) return table;
  const grown = new Float64Array(n + 1);
  let sum = 0;
  let lost = 0;
  for (let i = 2; i <= n; i++) {
    const term = Math.log(i) - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
    grown[i] = sum;
  }
  table = grown;
  return table;
}
