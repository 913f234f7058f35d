import type { best as en } from "../en/best.ts";
import type { Wide } from "../en/wide.ts";

export const best: Wide<typeof en> = {
  title: "Beste Bilder",
};
