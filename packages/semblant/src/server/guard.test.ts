import { describe, expect, it } from "vitest";
import { type Guard, guarded, type Handler } from "./guard.ts";
import { everyAnswer } from "./headers.ts";
import { allowedHosts } from "./hosts.ts";
import { Tickets } from "./tickets.ts";
import { newToken, WrongTokens } from "./token.ts";

const token = newToken();
const here = "http://127.0.0.1:4100";
const guard: Guard = {
  token,
  hosts: allowedHosts("127.0.0.1", 4100),
  port: 4100,
  most: (pathname) => (pathname === "/api/photos" ? 1000 : 100),
  isPublic: (pathname) => pathname === "/assets/page.js",
};
const fine: Handler = async (request) => new Response(`fine ${request.method} ${new URL(request.url).pathname}`);
const ask = (path: string, init: RequestInit = {}, handler = fine, parts: Partial<Guard> = {}) =>
  guarded(handler, { ...guard, ...parts })(new Request(here + path, init));
const bearer = { authorization: `Bearer ${token}` };
const cookie = { cookie: `other=1; semblant-4100=${token}` };
const status = async (path: string, headers: Record<string, string>, method = "GET") => (await ask(path, { headers, method })).status;

describe("the token", () => {
  it("has 256 bits, and no two are the same", () => {
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    expect(newToken()).not.toBe(token);
  });

  it("in the address is put into a cookie that no script reads and no other site sends, and leaves the address", async () => {
    const answer = await ask(`/photos?token=${token}&sort=day`);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/photos?sort=day"]);
    expect(answer.headers.get("set-cookie")).toBe(`semblant-4100=${token}; Path=/; HttpOnly; SameSite=Strict`);
    expect((await ask(`//elsewhere.example/x?token=${token}`)).headers.get("location")).toBe("/elsewhere.example/x");
  });

  it("is asked for everywhere but for the page's own files", async () => {
    for (const path of ["/", "/photos", "/api", "/api/faces", "/api/openapi.json"]) {
      expect([path, await status(path, {})]).toEqual([path, 401]);
      expect([path, await status(path, bearer)]).toEqual([path, 200]);
      expect([path, await status(path, cookie)]).toEqual([path, 200]);
    }
    expect(await status("/assets/page.js", {})).toBe(200);
    expect(await status("/assets/page.js", {}, "POST")).toBe(401);
    const refused = await ask("/api/faces");
    expect(await refused.json()).toEqual({
      error: {
        kind: "NoToken",
        message: "app: expected the address with its token, but got one without.",
        hint: "Open the address that semblant app wrote when it began.",
      },
    });
  });

  it("is found among cookies of the same name that a server on another port set", async () => {
    const name = "semblant-4100";
    expect(await status("/api", { cookie: `${name}=bad; ${name}=${token}` })).toBe(200);
    expect(await status("/api", { cookie: `${name}=bad; x${name}=${token}; ${name}` })).toBe(401);
  });

  it("may be a ticket, which lets in once", async () => {
    const tickets = new Tickets();
    const handler = guarded(fine, { ...guard, tickets });
    const by = async (path: string) => handler(new Request(here + path));
    const ticket = tickets.issue();
    const [first, second] = [await by(`/?token=${ticket}`), await by(`/?token=${ticket}`)];
    expect([first.status, first.headers.get("set-cookie"), second.status]).toEqual([303, expect.stringContaining(token), 401]);
    expect((await handler(new Request(`${here}/api`, { headers: { authorization: `Bearer ${tickets.issue()}` } }))).status).toBe(401);
  });

  it("cannot be tried out by another site, nor can that use up the tries of others", async () => {
    const linked = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    const handler = guarded(fine, guard);
    const by = async (path: string, headers: Record<string, string>) => (await handler(new Request(here + path, { headers }))).status;
    for (let i = 0; i < 30; i++) expect(await by(`/?token=${newToken()}`, linked)).toBe(401);
    expect(await by(`/?token=${token}`, {})).toBe(303);
    for (const dest of ["iframe", "embed", "object"]) expect(await by(`/?token=${token}`, { ...linked, "sec-fetch-dest": dest })).toBe(403);
  });

  it("that is wrong is refused, and after twenty nobody new gets in for a while; who is in stays in", async () => {
    let now = 0;
    const parts = { wrong: new WrongTokens(() => now) };
    const handler = guarded(fine, { ...guard, ...parts });
    const by = async (headers: Record<string, string>) => (await handler(new Request(`${here}/api`, { headers }))).status;
    for (let i = 0; i < 20; i++) expect(await by({ authorization: `Bearer ${newToken()}` })).toBe(401);
    expect(await by({ authorization: `Bearer ${newToken()}` })).toBe(429);
    expect(await by(bearer)).toBe(429);
    expect(await by(cookie)).toBe(200);
    const waiting = await handler(new Request(`${here}/?token=${token}`));
    expect([waiting.status, waiting.headers.get("retry-after"), waiting.headers.get("set-cookie")]).toEqual([429, "60", null]);
    now = 61_000;
    expect(await by(bearer)).toBe(200);
    expect(await by({ cookie: `semblant-4100=${token.slice(1)}` })).toBe(401);
  });
});

describe("requests of others", () => {
  it("that name a foreign host are refused, with the right token too", async () => {
    for (const host of ["evil.example", "evil.example:4100", "127.0.0.1:4101", "127.0.0.1", "localhost.evil.example:4100", ""])
      expect([host, await status("/api", { ...bearer, host })]).toEqual([host, 403]);
    for (const host of ["127.0.0.1:4100", "localhost:4100", "LOCALHOST:4100", "[::1]:4100"])
      expect([host, await status("/api", { ...bearer, host })]).toEqual([host, 200]);
    expect((await guarded(fine, guard)(new Request("http://evil.example:4100/api", { headers: bearer }))).status).toBe(403);
    for (const host of ["photos.lan:80", "photos.lan", "127.0.0.1"]) expect(allowedHosts("photos.lan", 80).has(host)).toBe(true);
    const others = [
      "127.0.0.1.:4100",
      "localhost.:4100",
      "2130706433:4100",
      "0x7f.1:4100",
      "127.1:4100",
      "[::ffff:127.0.0.1]:4100",
      "0:4100",
    ];
    for (const host of others) expect([host, await status("/api", { ...bearer, host })]).toEqual([host, 403]);
  });

  it("that come from a foreign origin are refused", async () => {
    for (const origin of ["http://evil.example", "null", "https://127.0.0.1:4100", "http://127.0.0.1:4101", "http://localhost:4100"])
      expect([origin, await status("/api", { ...cookie, origin })]).toEqual([origin, 403]);
    expect(await status("/api", { ...cookie, origin: here }, "POST")).toBe(200);
    for (const site of ["cross-site", "same-site"]) {
      expect(await status("/api", { ...cookie, "sec-fetch-site": site })).toBe(403);
      expect(await status("/api", { ...cookie, "sec-fetch-site": site, "sec-fetch-mode": "navigate" })).toBe(403);
      expect(await status("/assets/page.js", { "sec-fetch-site": site, "sec-fetch-mode": "no-cors" })).toBe(403);
    }
  });

  it("that change something need the token by their own hand, or to say that they are of the page", async () => {
    for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
      expect(await status("/api/jobs", cookie, method)).toBe(403);
      expect(await status("/api/jobs", { ...cookie, origin: here, "sec-fetch-site": "same-origin" }, method)).toBe(200);
      expect(await status("/api/jobs", bearer, method)).toBe(200);
    }
  });

  it("that open the page by a link see no photo, and by the whole address are let in on a request of their own", async () => {
    const linked = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    expect(await status("/photos", linked)).toBe(401);
    const answer = await ask(`/?token=${token}`, { headers: linked });
    expect([answer.status, answer.headers.get("refresh")]).toEqual([200, "0; url=/"]);
  });
});

describe("bodies", () => {
  const post = { method: "POST", headers: bearer };
  const reads: Handler = async (request) => new Response(String((await request.arrayBuffer()).byteLength));

  it("up to the limit of their path come through", async () => {
    expect(await (await ask("/api/photos", { ...post, body: "x".repeat(1000) }, reads)).text()).toBe("1000");
  });

  it("that say that they are larger are not read", async () => {
    let asked = false;
    const init = { ...post, headers: { ...bearer, "content-length": "101" }, body: "x".repeat(101) };
    const answer = await ask("/api", init, () => {
      asked = true;
      return new Response();
    });
    expect([answer.status, asked]).toEqual([413, false]);
    expect(await answer.json()).toEqual({ error: { kind: "TooLarge", message: "app: expected at most 0 MiB at once, but got more." } });
  });

  it("that are larger and do not say so are read no further than the limit", async () => {
    let given = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        given += 50;
        controller.enqueue(new Uint8Array(50));
        if (given >= 100_000) controller.close();
      },
    });
    const answer = await ask("/api", { ...post, body, duplex: "half" } as RequestInit, async (request) => {
      try {
        return await reads(request);
      } catch {
        return new Response("broken", { status: 500 });
      }
    });
    expect(answer.status).toBe(413);
    expect(given).toBeLessThan(1000);
  });
});

describe("headers", () => {
  it("are on answers that broke, too, which say nothing of the inside", async () => {
    const answer = await ask("/api", { headers: bearer }, () => Promise.reject(new Error("a secret of the inside")));
    expect([answer.status, await answer.json()]).toEqual([
      500,
      { error: { kind: "Error", message: "app: something went wrong here that is not your fault." } },
    ]);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("are on every answer, refusals too, and what says nothing of it is not kept", async () => {
    for (const answer of [await ask("/"), await ask("/", { headers: bearer }), await ask(`/?token=${token}`)]) {
      for (const [name, value] of Object.entries(everyAnswer)) expect(answer.headers.get(name)).toBe(value);
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
    expect(everyAnswer["content-security-policy"]).toMatch(/script-src 'self' 'wasm-unsafe-eval';/);
  });
});
