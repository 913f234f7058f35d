import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { toGoOn } from "../commands/index-photos.ts";
import { commandLine } from "./command-line.ts";

describe("a command that is printed to be typed", () => {
  it.skipIf(process.platform === "win32")("is taken by a shell word by word", () => {
    const words = ["plain", "my pictures", "it's", "$HOME", "a;b", "*.png", "", "~/x", "2024/05", "-n"];
    const line = `printf '%s\\n' ${commandLine(words.map((word) => `=${word}`))}`;
    expect(execFileSync("sh", ["-c", line], { encoding: "utf8" })).toBe(words.map((word) => `=${word}\n`).join(""));
  });

  it("goes on with a stopped index in the same library and with the same photos", () => {
    expect(toGoOn("photos", {})).toBe("semblant index photos");
    expect(toGoOn("photos", { library: "postgres://anna:secret@host/db?schema=mine" })).toBe(
      "semblant index photos --library 'postgres://anna@host/db?schema=mine'",
    );
    expect(toGoOn("photos", { library: "/else where/my.sqlite", model: "small", exclude: ["raw", "*.png"], followLinks: true })).toBe(
      "semblant index photos --library '/else where/my.sqlite' --model small --exclude 'raw,*.png' --follow-links",
    );
  });
});
