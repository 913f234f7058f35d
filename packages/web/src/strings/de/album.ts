import type { album as en } from "../en/album.ts";
import type { Wide } from "../en/wide.ts";

export const album: Wide<typeof en> = {
  title: "Album",
};
