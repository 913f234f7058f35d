import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AnswersOfFaces } from "@semblant/answers";
import { correctionsCsv } from "@semblant/answers";
import { OptionError } from "@semblant/core";
import { csvField } from "@semblant/core/internals";
import type { Content } from "../http/kept-responses.ts";
import { answerJson, body, given, newResource, route } from "../http/resource.ts";
import type { LibraryNow } from "../kept/library-now.ts";
import { correctionsExport } from "../schemas/audit.ts";
import { albumExport, copied, copyAsked } from "../schemas/exports.ts";
import { askAlbum } from "./ask-album.ts";
import { decidedLabels } from "./decided-labels.ts";

/** Answers as files, and photos copied to a folder. */
export function exportRoutes(now: LibraryNow): OpenAPIHono {
  const { shelf } = now;
  const app = newResource();
  app.openapi(
    route("post", "/exports/album", {
      summary: "An album as a list, as JSON or as a page",
      tag: "exports",
      request: { body: body(albumExport) },
      answer: { bytes: ["text/csv", "application/json", "text/html"] },
      refuses: [404],
    }),
    async (c) => {
      const { format, ...asked } = given(c.req.valid("json"));
      const { albumPage } = shelf;
      if (format === "html" && albumPage === undefined) {
        throw new OptionError('exports: expected format to be one that this home makes (csv, json), but got "html".');
      }
      const album = await askAlbum(now, asked, c.req.raw.signal);
      if (format === "csv") return file(albumCsv(album), "text/csv; charset=utf-8", "album.csv");
      if (format === "json" || albumPage === undefined) return file(JSON.stringify(album), "application/json", "album.json");
      return file(await albumPage(album), "text/html; charset=utf-8", "album.html");
    },
  );
  app.openapi(
    route("post", "/exports/corrections", {
      summary: "Doubtful labels as a list of corrections, for a training: as a person decided, or else as suggested",
      tag: "exports",
      request: { body: body(correctionsExport) },
      answer: { bytes: ["text/csv"] },
    }),
    async (c) => {
      const { filter, decided = false, ...options } = given(c.req.valid("json"));
      const audit = await shelf.ask({ question: "audit", options }, filter, c.req.raw.signal);
      const said = { corrections: await shelf.corrections(), photos: await shelf.photos() };
      return file(correctionsCsv(decidedLabels(audit, said, decided)), "text/csv; charset=utf-8", "corrections.csv");
    },
  );
  const { copyOut } = shelf;
  if (copyOut === undefined) return app;
  app.openapi(
    route("post", "/exports/copy", {
      summary: "Copies photos as they are to a new folder, numbered in this order",
      tag: "exports",
      request: { body: body(copyAsked) },
      answer: { json: copied },
      status: 201,
      refuses: [404, 507],
    }),
    async (c) => {
      const { photos, to } = c.req.valid("json");
      for (const id of photos) await now.photo(id);
      return answerJson(copied, await copyOut(photos, to), 201);
    },
  );
  return app;
}

function albumCsv({ pictures }: AnswersOfFaces["album"]): string {
  const lines = pictures.map(({ rank, path, taken, standsFor, why }) =>
    [rank, csvField(path), taken === undefined ? "" : new Date(taken).toISOString(), standsFor.photos, csvField(why)].join(","),
  );
  return `${["rank,path,taken,stands_for,why", ...lines].join("\n")}\n`;
}

/** A file to save: never shown as a page of this origin. */
function file(content: Content, type: string, name: string): Response {
  const headers = { "Content-Type": type, "Content-Disposition": `attachment; filename="${name}"`, "Cache-Control": "no-store" };
  return new Response(content, { headers });
}
