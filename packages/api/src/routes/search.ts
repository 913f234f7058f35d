import type { OpenAPIHono, z } from "@hono/zod-openapi";
import type { FaceChoice, FaceSet, SearchHits } from "@semblant/answers";
import { likenessOf, refineQuery } from "@semblant/answers";
import { OptionError, ShapeError } from "@semblant/core";
import { answerJson, body, given, newResource, route } from "../http/resource.ts";
import { rowOf } from "../kept/face-of.ts";
import { hits, searchAsked } from "../schemas/search.ts";
import type { Shelf } from "../shelf/shelf.ts";

type Asked = z.output<typeof searchAsked>;

/** Faces that words fit best, whose mean stands for the words where faces are liked or disliked beside them. */
const ofWords = 10;

/** POST /api/search: by words, a face, an embedding, and by faces to be more or less like. */
export function searchRoutes(shelf: Shelf): OpenAPIHono {
  return newResource().openapi(
    route("post", "/search", {
      summary: "Faces by words, by a face or embedding, and more or less like others",
      tag: "questions",
      request: { body: body(searchAsked) },
      answer: { json: hits },
      refuses: [404, 413],
    }),
    async (c) => {
      const asked = c.req.valid("json");
      const { signal } = c.req.raw;
      refuseOthers(asked);
      const filter: FaceChoice | undefined = asked.filter && given(asked.filter);
      const { words, k = 12, like = [], unlike = [], except = [] } = asked;
      if (words !== undefined && like.length + unlike.length === 0) {
        const found = await shelf.ask(
          { question: "search by words", words, options: { k: Math.min(k + except.length, 2000) } },
          filter,
          signal,
        );
        const left = found.hits.filter(({ face }) => !except.includes(face)).slice(0, k);
        return answerJson(hits, { ...found, hits: left });
      }
      const set = await shelf.faces();
      const query = await queryOf(shelf, set, asked);
      const embedding = refineQuery({ ...(query && { query }), liked: takeOf(set, like), unliked: takeOf(set, unlike) });
      const own = asked.face === undefined ? [] : [asked.face];
      const options = { k, except: [...own, ...like, ...unlike, ...except] };
      return answerJson(hits, inWords(set, await shelf.ask({ question: "search by embedding", embedding, options }, filter, signal)));
    },
  );
}

/** Distances as likeness, for a person. */
function inWords({ model }: FaceSet, found: SearchHits): z.input<typeof hits> {
  return {
    ...found,
    hits: found.hits.map((hit) => (hit.distance === undefined ? hit : { ...hit, ...likenessOf(hit.distance, model) })),
  };
}

function refuseOthers({ words, face, embedding, like = [], unlike = [] }: Asked): void {
  const queries = [words, face, embedding].filter((one) => one !== undefined).length;
  if (queries > 1) throw new OptionError("search: expected one of words, face and embedding, but got several.");
  if (queries === 1 || like.length > 0) return;
  const got = unlike.length > 0 ? "only faces to be less like" : "none of them";
  throw new OptionError(`search: expected words, a face, an embedding or faces to be like, but got ${got}.`);
}

/** Where a search begins, before faces are liked or not. */
async function queryOf(shelf: Shelf, set: FaceSet, { words, face, embedding }: Asked): Promise<Float32Array | undefined> {
  if (face !== undefined) return set.embeddings.row(rowOf(set, face));
  if (embedding !== undefined) {
    const { columns } = set.embeddings;
    if (embedding.length === columns) return Float32Array.from(embedding);
    throw new ShapeError(`search: expected an embedding of ${columns} numbers, but got ${embedding.length}.`);
  }
  if (words === undefined) return undefined;
  const best = await shelf.ask({ question: "search by words", words, options: { k: ofWords } });
  return refineQuery({
    liked: takeOf(
      set,
      best.hits.map((hit) => hit.face),
    ),
  });
}

function takeOf(set: FaceSet, ids: readonly number[]) {
  return set.embeddings.take(ids.map((one) => rowOf(set, one)));
}
