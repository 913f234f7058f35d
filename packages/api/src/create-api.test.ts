import { z } from "@hono/zod-openapi";
import { DataError, EngineError, OptionError, ShapeError } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { asking, refusalOf } from "./fixtures/asking.ts";
import { memoryShelf } from "./fixtures/memory-shelf.ts";
import { answerJson, newResource, route } from "./http/resource.ts";
import { about } from "./schemas/about.ts";
import { shelfError } from "./shelf/shelf-error.ts";

describe("what goes wrong", () => {
  const failing = (error: unknown) => {
    const shelf = {
      ...memoryShelf(),
      corrections: () => Promise.reject(error),
    };
    return asking(shelf).refusal("GET", "/corrections");
  };
  const caused = (cause: object) => new DataError("library: expected to write it, but it failed.", { cause });
  const wrote = "library: expected to write it, but it failed.";

  it.each([
    [new OptionError("a: expected b."), [400, "a: expected b."]],
    [new ShapeError("a: expected b."), [400, "a: expected b."]],
    [new DataError("a: expected b.\n  Try this.\n  Or that."), [409, "a: expected b.", "Try this.\nOr that."]],
    [shelfError("missing", "a"), [404, "a"]],
    [shelfError("busy", "a"), [423, "a"]],
    [shelfError("full", "a"), [507, "a"]],
    [shelfError("too large", "a"), [413, "a"]],
    [caused({ code: "ENOSPC" }), [507, wrote]],
    [caused({ code: "SQLITE_FULL" }), [507, wrote]],
    [caused({ cause: { code: "EDQUOT" } }), [507, wrote]],
    [caused(new DOMException("full", "QuotaExceededError")), [507, wrote]],
    [caused({ code: "SQLITE_BUSY_SNAPSHOT" }), [423, wrote]],
    [new EngineError("onnx: it is broken."), [500, "onnx: it is broken."]],
    [
      new TypeError("x is not a function\n  at somewhere"),
      [500, "api: something went wrong here that is not your fault.", "x is not a function"],
    ],
  ])("is answered in the words of the command: %s", async (error, answer) => {
    expect(await failing(error)).toEqual(answer);
  });

  it("says which address is none, and prints nothing that turns a terminal", async () => {
    const { refusal, api } = asking(memoryShelf());
    expect(await refusal("GET", "/nothing")).toEqual([404, 'api: expected an address of the API, but got GET "/api/nothing".']);
    expect((await refusal("DELETE", "/photos"))[0]).toBe(404);
    expect((await refusalOf(await api(new Request("http://localhost/other"))))[0]).toBe(404);
  });

  it("refuses a question's body of more than 4 MiB before it is read", async () => {
    const body = { words: "x".repeat(5 * 2 ** 20) };
    expect(await asking(memoryShelf()).refusal("POST", "/search", body)).toEqual([
      413,
      "api: expected a body of at most 4 MiB, but it is larger.",
    ]);
  });

  it("refuses a question that comes as a form or as text, as another site could send it", async () => {
    const { api } = asking(memoryShelf());
    for (const type of ["text/plain", "application/x-www-form-urlencoded"]) {
      const headers = { "Content-Type": type };
      const request = new Request("http://localhost/api/search", { method: "POST", body: '{"words":"happy"}', headers });
      expect((await api(request)).status).toBe(415);
    }
  });
});

describe("the description", () => {
  interface Described {
    readonly openapi: string;
    readonly paths: Record<
      string,
      Record<string, { summary: string; responses: Record<string, { content?: Record<string, { schema: object }> }> }>
    >;
    readonly components: { readonly schemas: Record<string, object> };
  }
  const described = async () => (await (await asking(memoryShelf()).ask("GET", "/openapi.json")).json()) as Described;

  it("names every path with its methods, made of the schemas that check them", async () => {
    const { openapi, paths } = await described();
    expect(openapi).toBe("3.1.0");
    const all = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
    expect(all.sort()).toEqual([
      "DELETE /api/adapted",
      "DELETE /api/corrections/{id}",
      "DELETE /api/documents/{name}",
      "DELETE /api/jobs/{id}",
      "DELETE /api/storage",
      "DELETE /api/storage/photos/{id}",
      "DELETE /api/taught/{name}",
      "GET /api",
      "GET /api/corrections",
      "GET /api/documents",
      "GET /api/documents/{name}",
      "GET /api/events",
      "GET /api/faces",
      "GET /api/faces/embeddings",
      "GET /api/faces/{id}/thumbnail",
      "GET /api/jobs",
      "GET /api/photos",
      "GET /api/photos/{id}",
      "GET /api/photos/{id}/picture",
      "GET /api/photos/{id}/thumbnail",
      "GET /api/storage",
      "GET /api/taught",
      "POST /api/album",
      "POST /api/audit",
      "POST /api/best",
      "POST /api/corrections",
      "POST /api/exports/album",
      "POST /api/exports/copy",
      "POST /api/exports/corrections",
      "POST /api/folders/list",
      "POST /api/groups",
      "POST /api/jobs",
      "POST /api/library",
      "POST /api/look",
      "POST /api/photos",
      "POST /api/search",
      "POST /api/taught",
      "PUT /api/adapted",
      "PUT /api/documents/{name}",
    ]);
  });

  it("leads everywhere: each reference is to a schema that is there, and each schema is referred to", async () => {
    const document = await described();
    const references = new Set(
      [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name),
    );
    const there = Object.keys(document.components.schemas);
    expect([...references].filter((name) => !there.includes(name as string))).toEqual([]);
    expect(there.filter((name) => !references.has(name))).toEqual(["AppEvent"]);
    expect(there).toEqual(expect.arrayContaining(["About", "PhotoColumns", "FaceColumns", "SearchAsked", "SearchHits", "Problem"]));
  });

  it("says of every route what it is for, and what its refusals look like", async () => {
    const { paths } = await described();
    for (const methods of Object.values(paths)) {
      for (const { summary, responses } of Object.values(methods)) {
        expect(summary.length).toBeGreaterThan(5);
        expect(responses["400"]?.content?.["application/json"]?.schema).toEqual({ $ref: "#/components/schemas/Problem" });
        expect(Object.keys(responses).some((status) => status.startsWith("2"))).toBe(true);
      }
    }
  });
});

describe("extra routes", () => {
  const runs = newResource();
  const answer = z.strictObject({ runs: z.array(z.string()) }).openapi("Runs");
  runs.openapi(route("get", "/runs", { summary: "Runs of trainings", tag: "runs", answer: { json: answer } }), async () =>
    answerJson(answer, { runs: ["first"] }),
  );

  it("stand beside the others: below /api, described, and among what the home can do", async () => {
    const api = asking(memoryShelf(), [{ name: "runs", routes: runs }]);
    expect(await api.answer(answer, "GET", "/runs")).toEqual({ runs: ["first"] });
    expect((await api.answer(about, "GET", "")).can).toContain("runs");
    expect(await (await api.ask("GET", "/openapi.json")).text()).toContain('"/api/runs"');
  });
});
