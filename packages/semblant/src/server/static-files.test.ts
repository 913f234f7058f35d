import { mkdirSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { staticFiles } from "./static-files.ts";

const root = mkdtempSync(join(tmpdir(), "semblant-static-"));
const page = join(root, "dist");
mkdirSync(join(page, "assets"), { recursive: true });
writeFileSync(join(root, "secret.txt"), "secret");
writeFileSync(join(page, "index.html"), "<!doctype html>page");
writeFileSync(join(page, "assets", "main-Ab12_-cd.js"), "plain");
writeFileSync(join(page, "assets", "main-Ab12_-cd.js.br"), "packed by brotli");
writeFileSync(join(page, "assets", "main-Ab12_-cd.js.gz"), "packed by gzip");
afterAll(() => rmSync(root, { recursive: true }));

const files = staticFiles(page);
const ask = async (path: string, init?: RequestInit) => files.answer(new Request(`http://localhost${path}`, init));

describe("the files of the page", () => {
  it("are answered by their names, the page's own for every screen", async () => {
    for (const path of ["/", "/photos", "/photos/12", "/index.html"]) {
      const answer = await ask(path);
      expect([answer.status, await answer.text(), answer.headers.get("content-type")]).toEqual([
        200,
        "<!doctype html>page",
        "text/html; charset=utf-8",
      ]);
      expect(answer.headers.get("cache-control")).toBe("no-cache");
    }
    const tag = (await ask("/")).headers.get("etag") as string;
    expect((await ask("/", { headers: { "if-none-match": tag } })).status).toBe(304);
  });

  it("whose names hold their hash are kept for ever, and come packed to who unpacks them", async () => {
    const by = async (encoding: string) => {
      const answer = await ask("/assets/main-Ab12_-cd.js", { headers: { "accept-encoding": encoding } });
      return [await answer.text(), answer.headers.get("content-encoding"), answer.headers.get("cache-control")];
    };
    const forever = "public, max-age=31536000, immutable";
    expect(await by("gzip, br")).toEqual(["packed by brotli", "br", forever]);
    expect(await by("gzip, br;q=0")).toEqual(["packed by gzip", "gzip", forever]);
    expect(await by("")).toEqual(["plain", null, forever]);
  });

  it("are all that is answered, whatever a path looks like", async () => {
    symlinkSync(join(root, "secret.txt"), join(page, "later.txt")); // came after the list was read
    const ways = [
      "/../secret.txt",
      "/assets/../../secret.txt",
      "/%2e%2e/secret.txt",
      "/..%2fsecret.txt",
      "/%2e%2e%2fsecret.txt",
      "/%252e%252e%252fsecret.txt",
      "/..%5csecret.txt",
      "/..\\secret.txt",
      "/....//secret.txt",
      "/assets/..;/..;/secret.txt",
      "/%c0%ae%c0%ae/secret.txt",
      "/assets/%00/../../secret.txt",
      "/later.txt",
      "//etc/hosts",
      "/C:/secret.txt",
      `/${encodeURIComponent(join(root, "secret.txt"))}`,
      "/assets/main-Ab12_-cd.js.br",
      "/assets/",
      "/__proto__",
      "/constructor",
    ];
    for (const path of ways) {
      const answer = await ask(path);
      const text = await answer.text();
      expect([path, text.includes("secret")]).toEqual([path, false]);
      if (answer.status === 200) expect(text).toBe("<!doctype html>page");
    }
    expect((await ask("/", { method: "POST" })).status).toBe(404);
  });
});

describe("a page that is built anew while it is served", () => {
  const later = join(root, "later");
  const build = (name: string) => {
    rmSync(later, { recursive: true, force: true });
    mkdirSync(join(later, "assets"), { recursive: true });
    writeFileSync(join(later, "assets", `main-${name}.js`), name);
    writeFileSync(join(later, "icon.svg"), `icon of ${name}`);
    writeFileSync(join(later, "models.onnx"), name.repeat(200_000));
    writeFileSync(join(later, "index.html"), `page of ${name}`);
  };

  it("is served whole: first as it was, then as it is, and open windows get what they were opened with", async () => {
    build("aaaaaaaa");
    let now = Date.now();
    const served = staticFiles(later, () => now);
    const get = async (path: string) => {
      const answer = await served.answer(new Request(`http://localhost${path}`));
      return answer.status === 200 ? (await answer.text()).slice(0, 24) : answer.status;
    };
    expect(await get("/models.onnx")).toBe("aaaaaaaa".repeat(3));
    rmSync(later, { recursive: true });
    expect([await get("/photos"), await get("/assets/main-aaaaaaaa.js")]).toEqual(["page of aaaaaaaa", "aaaaaaaa"]);
    build("bbbbbbbb-and-more");
    // written just now: perhaps not whole yet
    expect([await get("/"), await get("/icon.svg"), await get("/models.onnx")]).toEqual(["page of aaaaaaaa", "icon of aaaaaaaa", 404]);
    now += 10_000;
    expect(await get("/")).toBe("page of bbbbbbbb-and-more".slice(0, 24));
    expect([await get("/icon.svg"), await get("/models.onnx")]).toEqual([
      "icon of bbbbbbbb-and-more".slice(0, 24),
      "bbbbbbbb-and-morebbbbbbb",
    ]);
    expect([await get("/assets/main-bbbbbbbb-and-more.js"), await get("/assets/main-aaaaaaaa.js")]).toEqual([
      "bbbbbbbb-and-more",
      "aaaaaaaa",
    ]);
    expect(served.has("/assets/main-bbbbbbbb-and-more.js")).toBe(true);
    unlinkSync(join(later, "models.onnx"));
    expect(await get("/models.onnx")).toBe(404);
  });
});
