import type { OpenAPIHono } from "@hono/zod-openapi";
import { LibraryNow } from "../kept/library-now.ts";
import type { Shelf } from "../shelf/shelf.ts";
import { aboutRoutes } from "./about.ts";
import { adaptedRoutes } from "./adapted.ts";
import { addRoutes } from "./add-photos.ts";
import { correctionRoutes } from "./corrections.ts";
import { documentRoutes } from "./documents.ts";
import { eventRoutes, type Watch } from "./events.ts";
import { exportRoutes } from "./exports.ts";
import { faceRoutes } from "./faces.ts";
import { folderRoutes } from "./folders.ts";
import { jobRoutes } from "./jobs.ts";
import { lookRoutes } from "./look.ts";
import { photoRoutes } from "./photos.ts";
import { pictureRoutes } from "./pictures.ts";
import { albumRoutes, auditRoutes, bestRoutes, groupRoutes } from "./questions.ts";
import { searchRoutes } from "./search.ts";
import { storageRoutes } from "./storage.ts";
import { taughtRoutes } from "./taught.ts";

/** Every route that a shelf can answer, a resource each; what it cannot has none. */
export function routesOf(shelf: Shelf, more: readonly string[], watched: readonly Watch[]): OpenAPIHono[] {
  const now = new LibraryNow(shelf);
  const { add, adapted, taught, folders, storage } = shelf;
  return [
    aboutRoutes(shelf, more),
    photoRoutes(now),
    pictureRoutes(now),
    ...(add ? [addRoutes(add)] : []),
    faceRoutes(now),
    lookRoutes(shelf),
    searchRoutes(shelf),
    groupRoutes(shelf),
    albumRoutes(now),
    bestRoutes(shelf),
    auditRoutes(shelf),
    correctionRoutes(shelf),
    documentRoutes(shelf),
    jobRoutes(shelf),
    ...(adapted ? [adaptedRoutes(adapted)] : []),
    ...(taught ? [taughtRoutes(taught)] : []),
    ...(folders ? [folderRoutes(folders)] : []),
    ...(storage ? [storageRoutes(storage)] : []),
    exportRoutes(now),
    eventRoutes(shelf, watched),
  ];
}
