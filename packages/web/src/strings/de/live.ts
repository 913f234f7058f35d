import type { live as en } from "../en/live.ts";
import type { Wide } from "../en/wide.ts";

export const live: Wide<typeof en> = {
  title: "Live",
};
