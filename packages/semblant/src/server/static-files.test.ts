import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
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
