import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFaces } from "../reading/reading.ts";
import { fileBytes } from "./file-bytes.ts";
import { readPhoto } from "./read-photo.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "semblant-bytes-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const noReader = { close() {} } as unknown as Parameters<typeof readFaces>[1];

describe("the bytes of a photo's file", () => {
  it.skipIf(process.platform === "win32")(
    "are those of a plain file; a pipe, a device and a socket are refused without waiting",
    async () => {
      const pipe = join(folder, "pipe.jpg");
      execFileSync("mkfifo", [pipe]);
      const why = "it is a pipe or a device, not a file.";
      for (const place of [pipe, "/dev/zero", "/dev/null"]) {
        await expect(fileBytes(place)).rejects.toThrow(`photo: ${why}`);
        await expect(readPhoto(place)).rejects.toThrow(`photo: ${why}`);
        expect(await readFaces(place, noReader, () => true)).toEqual({ reason: why, cause: "bytes" });
      }
      const socket = createServer();
      await new Promise<void>((done) => socket.listen(join(folder, "socket.jpg"), done));
      await expect(readPhoto(join(folder, "socket.jpg"))).rejects.toThrow("photo: ENXIO.");
      socket.close();
    },
  );

  it("are not read where they are more than 512 MiB, however little of the disk they take", async () => {
    const place = join(folder, "large.jpg");
    writeFileSync(place, "");
    truncateSync(place, 600 * 2 ** 20);
    const why = "its file has 600 MiB, more than any photo.";
    await expect(readPhoto(place)).rejects.toThrow(`photo: ${why}`);
    expect(await readFaces(place, noReader, () => true)).toEqual({ reason: why, cause: "bytes" });
  });
});
