import type { en } from "../en/all.ts";
import type { Wide } from "../en/wide.ts";
import { about } from "./about.ts";
import { adapt } from "./adapt.ts";
import { album } from "./album.ts";
import { best } from "./best.ts";
import { browser } from "./browser.ts";
import { design } from "./design.ts";
import { groups } from "./groups.ts";
import { labels } from "./labels.ts";
import { live } from "./live.ts";
import { looks } from "./looks.ts";
import { map } from "./map.ts";
import { photos } from "./photos.ts";
import { runs } from "./runs.ts";
import { search } from "./search.ts";
import { shell } from "./shell.ts";

/** All words in German. */
export const de: Wide<typeof en> = {
  about,
  adapt,
  album,
  best,
  browser,
  design,
  groups,
  labels,
  live,
  looks,
  map,
  photos,
  runs,
  search,
  shell,
};
