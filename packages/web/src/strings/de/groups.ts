import type { groups as en } from "../en/groups.ts";
import type { Wide } from "../en/wide.ts";

export const groups: Wide<typeof en> = {
  title: "Gruppen",
};
