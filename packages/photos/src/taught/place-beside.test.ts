import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { placeBeside } from "./place-beside.ts";

describe("what is kept for a library on this machine", () => {
  it("lies beside its file", () => {
    expect(placeBeside("photos/my.sqlite")).toBe("photos/my.sqlite");
    expect(placeBeside("postgres.sqlite")).toBe("postgres.sqlite");
  });

  it.skipIf(process.platform !== "linux")("lies in the user's cache where the library is on a server, in a folder for each address", () => {
    vi.stubEnv("XDG_CACHE_HOME", "/fast");
    const [one, same, other] = ["faces", "faces", "others"].map((schema) => placeBeside(`postgres://me@host:5432/photos?schema=${schema}`));
    vi.unstubAllEnvs();
    expect(one).toMatch(/^\/fast\/semblant\/libraries\/[0-9a-f]{16}\/library\.sqlite$/);
    expect(same).toBe(one);
    expect(other).not.toBe(one);
    expect(join(one as string, "..")).not.toContain("host");
  });
});
