import { describe, expect, it } from "vitest";
import { asking } from "../fixtures/asking.ts";
import { memoryShelf } from "../fixtures/memory-shelf.ts";
import { correctionMade, corrections } from "../schemas/corrections.ts";
import { documentNames, documentValue } from "../schemas/documents.ts";
import { faceColumns } from "../schemas/faces.ts";
import { job, jobs } from "../schemas/jobs.ts";
import { photo } from "../schemas/photos.ts";
import { storage } from "../schemas/storage.ts";

describe("corrections", () => {
  it("are kept, listed and withdrawn, and every answer follows", async () => {
    const { answer, ask, refusal } = asking(memoryShelf());
    const { id } = await answer(correctionMade, "POST", "/corrections", { kind: "label", face: 5, label: "happiness" });
    await answer(correctionMade, "POST", "/corrections", { kind: "together", faces: [1, 2] });
    await answer(correctionMade, "POST", "/corrections", { kind: "hide", path: "other" });
    const kinds = (await answer(corrections, "GET", "/corrections")).corrections.map(({ kind }) => kind);
    expect(kinds).toEqual(["label", "together", "hide"]);
    expect((await answer(photo, "GET", "/photos/104")).faces[0]).toMatchObject({ verdict: "corrected", looks: "happy-looking" });
    expect((await ask("DELETE", `/corrections/${id}`)).status).toBe(204);
    expect((await answer(photo, "GET", "/photos/104")).faces[0]?.verdict).toBe("named");
    expect(await refusal("DELETE", `/corrections/${id}`)).toEqual([404, `correct: expected the id of a correction, but ${id} is none.`]);
  });

  it("with markup in a label come out as data and nothing else", async () => {
    const { answer, ask } = asking(memoryShelf());
    const label = '</script><img src=x onerror="alert(1)">';
    await answer(correctionMade, "POST", "/corrections", { kind: "label", face: 1, label });
    for (const path of ["/photos/101", "/faces", "/corrections"]) {
      const response = await ask("GET", path);
      expect(response.headers.get("content-type")).toMatch(/^application\/json/);
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
      expect(JSON.stringify(await response.json())).toContain(JSON.stringify(label).slice(1, -1));
    }
    expect((await answer(faceColumns, "GET", "/faces")).expressions).toContain(label);
  });

  it.each([
    [{ kind: "wrong" }, 'corrections: expected kind to be one of not a face, label, together, apart, hide, but got "wrong".'],
    [{ kind: "label", face: 1 }, "corrections: expected label to be a word of 1 to 64 characters, but got nothing."],
    [{ kind: "together", faces: [1] }, "corrections: expected faces to be 2 to 100000 ids of faces, but got [1]."],
    [{ kind: "hide" }, 'corrections: expected the request to be a face or a path to hide, and not both, but got {"kind":"hide"}.'],
    [{ kind: "label", face: 1, label: "x", note: 2 }, 'corrections: unknown option "note"; known: kind, face, label'],
  ])("that are none are refused: %j", async (given, message) => {
    expect(await asking(memoryShelf()).refusal("POST", "/corrections", given)).toEqual([400, message]);
  });
});

describe("documents", () => {
  it("are kept by a name, as they were given", async () => {
    const { answer, ask, refusal } = asking(memoryShelf());
    const value = { positions: [[0.5, -1]], "<b>": null };
    expect((await ask("PUT", "/documents/map-positions", value)).status).toBe(204);
    expect(await answer(documentValue, "GET", "/documents/map-positions")).toEqual(value);
    expect((await answer(documentNames, "GET", "/documents")).names).toEqual(["map-positions"]);
    expect((await ask("DELETE", "/documents/map-positions")).status).toBe(204);
    expect((await ask("GET", "/documents/map-positions")).status).toBe(204);
    expect((await refusal("DELETE", "/documents/map-positions"))[0]).toBe(404);
    for (const plain of [null, 0, "text", []]) {
      expect((await ask("PUT", "/documents/plain", plain)).status).toBe(204);
      expect(await answer(documentValue, "GET", "/documents/plain")).toEqual(plain);
    }
  });

  it("have names that can be files anywhere", async () => {
    const { refusal } = asking(memoryShelf());
    for (const name of ["A", "a.b", "..%2fa", "a%00", "x".repeat(65)]) {
      const [status, message] = await refusal("PUT", `/documents/${name}`, 1);
      expect([status, message]).toEqual([400, expect.stringMatching(/^documents: expected name to be 1 to 64 of a-z, 0-9 and -, but got/)]);
    }
  });

  it("are well-formed JSON of at most 32 MiB", async () => {
    const { api } = asking(memoryShelf());
    const put = (body: string, type = "application/json") =>
      api(new Request("http://localhost/api/documents/a", { method: "PUT", body, headers: { "Content-Type": type } }));
    expect(await (await put("{")).json()).toEqual({
      error: { kind: "OptionError", message: "api: expected a body of well-formed JSON, but it is none." },
    });
    expect((await put("1", "text/plain")).status).toBe(415);
    expect((await put(`"${"x".repeat(31 * 2 ** 20)}"`)).status).toBe(204);
    const large = await put(`"${"x".repeat(33 * 2 ** 20)}"`);
    expect(large.status).toBe(413);
    expect(await large.json()).toEqual({
      error: { kind: "DataError", message: "api: expected a body of at most 32 MiB, but it is larger." },
    });
  });
});

describe("jobs", () => {
  it("start at once, go on by themselves, and stop when asked", async () => {
    const shelf = memoryShelf();
    const { answer, refusal } = asking(shelf);
    const started = await answer(job, "POST", "/jobs", { kind: "index", exclude: ["*.tmp"] });
    expect(started).toMatchObject({ kind: "index", state: "running" });
    expect(await refusal("POST", "/jobs", { kind: "index" })).toEqual([423, "jobs: expected no index to run, but one does."]);
    shelf.step(started.id, { progress: { done: 3, total: 9, text: "a.jpg" } });
    expect((await answer(jobs, "GET", "/jobs")).jobs[0]?.progress).toEqual({ done: 3, total: 9, text: "a.jpg" });
    expect((await answer(job, "DELETE", `/jobs/${started.id}`)).state).toBe("stopped");
    expect(await refusal("DELETE", "/jobs/99")).toEqual([404, "jobs: expected the id of a job, but 99 is none."]);
    shelf.step(started.id, { state: "failed", problem: { kind: "DataError", message: "library: expected room.", hint: "Make some." } });
    expect((await answer(jobs, "GET", "/jobs")).jobs[0]?.problem?.hint).toBe("Make some.");
  });

  it("are of kinds that there are", async () => {
    const { answer, refusal } = asking(memoryShelf());
    expect(await refusal("POST", "/jobs", { kind: "train" })).toEqual([400, 'jobs: expected kind to be index or adapt, but got "train".']);
    expect((await refusal("POST", "/jobs", { kind: "adapt", newClasses: 3 }))[1]).toBe(
      "jobs: expected newClasses to be all, or a list of labels, but got 3.",
    );
    expect((await answer(job, "POST", "/jobs", { kind: "adapt", newClasses: "all", only: true })).kind).toBe("adapt");
  });
});

describe("what a home keeps for a person", () => {
  it("says how much room it takes, lets a photo go, and everything", async () => {
    const { answer, ask, refusal } = asking(memoryShelf());
    expect(await answer(storage, "GET", "/storage")).toEqual({ kept: true, bytes: 300_000, copies: 3, elsewhere: 0, left: 1e9 });
    expect((await ask("DELETE", "/storage/photos/101")).status).toBe(204);
    expect((await answer(faceColumns, "GET", "/faces")).columns.photo).not.toContain(101);
    expect(await refusal("DELETE", "/storage/photos/7")).toEqual([404, "shelf: expected the id of a photo, but 7 is none."]);
    expect((await ask("DELETE", "/storage")).status).toBe(204);
    expect((await ask("GET", "/faces")).status).toBe(409);
  });
});
