import type { photos as en } from "../en/photos.ts";
import type { Wide } from "../en/wide.ts";

export const photos: Wide<typeof en> = {
  title: "Fotos",
};
