import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { FaceSet } from "@semblant/answers";
import { looksOf } from "@semblant/answers/internals";
import { keepable } from "../http/kept-responses.ts";
import { answerJson, newResource, route } from "../http/resource.ts";
import { type LibraryNow, versionOf } from "../kept/library-now.ts";
import { photo, photoColumns } from "../schemas/photos.ts";
import { pathId } from "../schemas/words.ts";
import { looksInWords } from "./looks-in-words.ts";

/** GET /api/photos and /api/photos/{id}. */
export function photoRoutes(now: LibraryNow): OpenAPIHono {
  const app = newResource();
  app.openapi(route("get", "/photos", { summary: "Every photo, as columns", tag: "photos", answer: { json: photoColumns } }), async (c) => {
    const about = await now.shelf.about();
    return keepable(c.req.raw, { tag: `photos-${about.revision}` }, async () => ({
      body: await now.text("photos", about, async () => JSON.stringify(await columnsNow(now))),
      type: "application/json",
    }));
  });
  app.openapi(
    route("get", "/photos/{id}", {
      summary: "A photo with its faces",
      tag: "photos",
      request: { params: z.object({ id: pathId("a photo") }) },
      answer: { json: photo },
      refuses: [404],
    }),
    async (c) => {
      await now.photos(); // as of now
      const found = await now.photo(c.req.valid("param").id);
      const { id, path, width, height, bytes, modified, taken, hash } = found;
      const set = await facesIfAny(now);
      return answerJson(photo, {
        id,
        path,
        width,
        height,
        bytes,
        modified,
        ...(taken !== undefined && { taken }),
        hash,
        version: versionOf(found),
        classes: set?.model.classes ?? [],
        faces: set === undefined ? [] : facesOf(set, id),
      });
    },
  );
  return app;
}

async function columnsNow(now: LibraryNow): Promise<z.input<typeof photoColumns>> {
  const { revision, list } = await now.photos();
  const column = <T>(value: (one: (typeof list.photos)[number]) => T) => list.photos.map(value);
  return {
    revision,
    count: list.photos.length,
    columns: {
      id: column(({ id }) => id),
      path: column(({ path }) => path),
      width: column(({ width }) => width),
      height: column(({ height }) => height),
      taken: column(({ taken }) => taken ?? null),
      faces: list.faces,
      version: column(versionOf),
    },
    unread: list.unread,
    remarks: list.remarks,
  };
}

/** The faces; undefined while nothing was indexed. */
async function facesIfAny({ shelf }: LibraryNow): Promise<FaceSet | undefined> {
  return (await shelf.about()).model === undefined ? undefined : shelf.faces();
}

/** The faces of a photo, the largest first. */
function facesOf(set: FaceSet, of: number): z.input<typeof photo>["faces"] {
  const rows = [...set.faces.keys()].filter((row) => set.faces[row]?.photo === of);
  const faces = rows.map((row) => set.faces[row] as FaceSet["faces"][number]);
  const looks = looksOf({ ...set, faces, embeddings: set.embeddings.take(rows) });
  return faces
    .map((face, i) => {
      const looked = looks.faces[i] as (typeof looks.faces)[number];
      const { distribution, subclass, logDensity } = looks.answers[i] as (typeof looks.answers)[number];
      const { score, quality, label, together, apart } = face;
      const said = { score, quality, ...(label !== undefined && { label }), together, apart };
      return { ...looked, looks: looksInWords(looked), distribution: Array.from(distribution), subclass, logDensity, ...said };
    })
    .sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height);
}
