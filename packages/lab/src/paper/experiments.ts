import type { Experiment } from "./experiment.ts";

const makers: Readonly<Record<string, () => Promise<{ readonly experiment: Experiment }>>> = {
  "table-1": () => import("./table-1.ts"),
  "table-2": () => import("./table-2.ts"),
  "figure-2": () => import("./figure-2.ts"),
  "figure-3": () => import("./figure-3.ts"),
  "figure-4": () => import("./figure-4.ts"),
  "figure-5": () => import("./figure-5.ts"),
  "figure-6": () => import("./figure-6.ts"),
  "figure-7": () => import("./figure-7.ts"),
  "figure-8": () => import("./figure-8.ts"),
  "figure-9": () => import("./figure-9.ts"),
};

/** Every table and figure that can be made again. Figure 1 is a drawing of the idea. */
export const experimentNames: readonly string[] = Object.keys(makers);

/** One of {@link experimentNames}. */
export async function loadExperiment(name: string): Promise<Experiment> {
  return (await (makers[name] as () => Promise<{ readonly experiment: Experiment }>)()).experiment;
}
