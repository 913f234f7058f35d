import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeName } from "./picture-names.ts";

describe("names that strangers give", () => {
  it("stay below the folder, show, and are taken by every disk", () => {
    const names: readonly (readonly [string, string])[] = [
      ["me.jpg", "me.jpg"],
      ["2024/Rome, Italy/me.JPG", "2024/Rome, Italy/me.JPG"],
      ["../../../etc/passwd", "etc/passwd.jpg"],
      ["..\\..\\Windows\\me.jpg", "Windows/me.jpg"],
      ["/etc/cron.d/me.jpg", "etc/cron.d/me.jpg"],
      ["C:\\me.jpg", "C_/me.jpg"],
      [".htaccess", "htaccess.jpg"],
      ["...", "picture.jpg"],
      ["", "picture.jpg"],
      ["a\u0000b\n\u202egpj.exe", "abgpj.exe.jpg"],
      ["<img src=x onerror=alert(1)>.jpg", "_img src=x onerror=alert(1)_.jpg"],
      ["con.jpg", "_con.jpg"],
      ["COM1/LPT9.png", "_COM1/_LPT9.png"],
      ["page.html", "page.html.jpg"],
      ["me.jpg. . ", "me.jpg"],
      ["-rf.jpg", "-rf.jpg"],
    ];
    for (const [given, wanted] of names) expect([given, safeName(given, "jpeg")]).toEqual([given, wanted]);
    expect(safeName("a", "heic")).toBe("a.heic");
    expect(Buffer.byteLength(safeName(`${"ä".repeat(400)}.jpeg`, "jpeg"))).toBeLessThanOrEqual(180);
    expect(safeName(`${"ä".repeat(400)}.jpeg`, "jpeg")).toMatch(/^ä+\.jpeg$/);
  });

  it("never climb, whatever they are", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(".", "/", "\\", " ", "a", "\u202e", ":", "\0", "é") }), (given) => {
        const parts = safeName(given, "png").split("/");
        for (const part of parts) expect(part).toMatch(/^[^.\s/\\:\0][^/\\:\0]*$/u);
      }),
      { numRuns: 300 },
    );
  });
});
