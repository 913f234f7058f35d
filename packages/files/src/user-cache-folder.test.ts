import { describe, expect, it } from "vitest";
import { userCacheFolder } from "./user-cache-folder.ts";

describe("the cache folder of a user", () => {
  it("is the platform's own", () => {
    expect(userCacheFolder("linux", {}, "/people/a")).toBe("/people/a/.cache/semblant");
    expect(userCacheFolder("linux", { XDG_CACHE_HOME: "/fast" }, "/people/a")).toBe("/fast/semblant");
    expect(userCacheFolder("linux", { XDG_CACHE_HOME: "relative" }, "/people/a")).toBe("/people/a/.cache/semblant");
    expect(userCacheFolder("darwin", { XDG_CACHE_HOME: "/fast" }, "/Users/a")).toBe("/Users/a/Library/Caches/semblant");
    expect(userCacheFolder("win32", { LOCALAPPDATA: "C:/L" }, "C:/a")).toMatch(/^C:[\\/]L[\\/]semblant[\\/]Cache$/);
    expect(userCacheFolder("win32", {}, "C:/a")).toMatch(/AppData[\\/]Local[\\/]semblant[\\/]Cache$/);
  });
});
