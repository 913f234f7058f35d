import type { SettingValue } from "./shapes.ts";
import type { CurvePoint } from "./steps.ts";

/** What differs between runs of one group, and says nothing of how they were to be trained. */
const ofNoWeight = new Set(["seed", "device"]);

/** Runs in groups that differ in their seeds alone, in their order. */
export function groupsBySeed(
  runs: readonly { readonly name: string; readonly settings: Readonly<Record<string, SettingValue>> }[],
): string[][] {
  const groups = new Map<string, string[]>();
  for (const { name, settings } of runs) {
    const key = JSON.stringify(
      Object.entries(settings)
        .filter(([setting]) => !ofNoWeight.has(setting))
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups.values()];
}

/** 97.5 % quantiles of Student's t with 1, 2, ... degrees of freedom. */
const t = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];

/** The mean of curves where all of them have a point, with its 95 % interval over the curves (Student's t). */
export function meanCurve(curves: readonly (readonly CurvePoint[])[]): CurvePoint[] {
  const [first = [], ...others] = curves.map((points) => new Map(points.map(({ x, y }) => [x, y])));
  return [...first].flatMap(([x, y]) => {
    const values = [y, ...others.map((other) => other.get(x))].filter((value) => value !== undefined);
    if (values.length < curves.length) return [];
    const n = values.length;
    const mean = values.reduce((sum, value) => sum + value, 0) / n;
    if (n < 2) return [{ x, y: mean }];
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
    const half = ((t[n - 2] ?? 1.96) * deviation) / Math.sqrt(n);
    return [{ x, y: mean, low: mean - half, high: mean + half }];
  });
}
