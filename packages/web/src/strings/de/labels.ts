import type { labels as en } from "../en/labels.ts";
import type { Wide } from "../en/wide.ts";

export const labels: Wide<typeof en> = {
  title: "Labels",
};
