import type { about as en } from "../en/about.ts";
import type { Wide } from "../en/wide.ts";

export const about: Wide<typeof en> = {
  title: "Über",
};
