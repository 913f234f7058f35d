import type { runs as en } from "../en/runs.ts";
import type { Wide } from "../en/wide.ts";

export const runs: Wide<typeof en> = {
  title: "Läufe",
};
