import type { search as en } from "../en/search.ts";
import type { Wide } from "../en/wide.ts";

export const search: Wide<typeof en> = {
  title: "Suche",
};
