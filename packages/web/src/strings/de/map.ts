import type { map as en } from "../en/map.ts";
import type { Wide } from "../en/wide.ts";

export const map: Wide<typeof en> = {
  title: "Karte",
};
