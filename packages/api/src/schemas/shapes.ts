import type { z } from "@hono/zod-openapi";
import type { about } from "./about.ts";
import type { album, albumAsked } from "./album.ts";
import type { audit, auditAsked } from "./audit.ts";
import type { best, bestAsked } from "./best.ts";
import type { corrections } from "./corrections.ts";
import type { copyAsked } from "./exports.ts";
import type { faceColumns, lookedPicture } from "./faces.ts";
import type { folders } from "./folders.ts";
import type { groups, groupsAsked } from "./groups.ts";
import type { jobs } from "./jobs.ts";
import type { added, photo, photoColumns } from "./photos.ts";
import type { hits, searchAsked } from "./search.ts";
import type { learned, lesson } from "./taught.ts";

/** What the API answers, by what is asked for: for programs in TypeScript that ask it. */
export interface ApiAnswers {
  readonly about: z.output<typeof about>;
  readonly photos: z.output<typeof photoColumns>;
  readonly photo: z.output<typeof photo>;
  readonly added: z.output<typeof added>;
  readonly faces: z.output<typeof faceColumns>;
  readonly look: z.output<typeof lookedPicture>;
  readonly search: z.output<typeof hits>;
  readonly groups: z.output<typeof groups>;
  readonly album: z.output<typeof album>;
  readonly best: z.output<typeof best>;
  readonly audit: z.output<typeof audit>;
  readonly corrections: z.output<typeof corrections>;
  readonly jobs: z.output<typeof jobs>;
  readonly taught: z.output<typeof learned>;
  readonly folders: z.output<typeof folders>;
}

/** What the questions of the API take as their bodies. */
export interface ApiQuestions {
  readonly search: z.input<typeof searchAsked>;
  readonly groups: z.input<typeof groupsAsked>;
  readonly album: z.input<typeof albumAsked>;
  readonly best: z.input<typeof bestAsked>;
  readonly audit: z.input<typeof auditAsked>;
  readonly teach: z.input<typeof lesson>;
  readonly copy: z.input<typeof copyAsked>;
}
