import type { adapt as en } from "../en/adapt.ts";
import type { Wide } from "../en/wide.ts";

export const adapt: Wide<typeof en> = {
  title: "Anpassen",
};
