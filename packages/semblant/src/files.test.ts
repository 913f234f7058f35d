import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "@semblant/core";
import { afterAll, describe, expect, it } from "vitest";
import { checkWritable } from "../../files/src/check-writable.ts";
import { makeFolder } from "../../files/src/make-folder.ts";
import { writeUnlessEdited } from "../../files/src/write-unless-edited.ts";
import { type FileCalls, writeWhole } from "../../files/src/write-whole.ts";
import { loadCommands } from "./load-commands.ts";
import { runProgram } from "./program.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("a file written whole or not at all", () => {
  it("takes the place of the old one, in folders made where they are missing", async () => {
    await writeWhole(join(folder, "a", "b.txt"), "one");
    await writeWhole(join(folder, "a", "b.txt"), "two");
    expect(readFileSync(join(folder, "a", "b.txt"), "utf8")).toBe("two");
    expect(readdirSync(join(folder, "a"))).toEqual(["b.txt"]);
  });

  it("leaves neither a part nor a temporary file where it cannot be put in place", async () => {
    writeFileSync(join(folder, "taken"), "");
    await expect(writeWhole(join(folder, "a"), "over a folder")).rejects.toThrow();
    expect(readdirSync(folder).sort()).toEqual(["a", "taken"]);
  });
});

describe("a table that a person may edit", () => {
  it("is written once, and again where nothing changed, but never over other words", async () => {
    const path = join(folder, "tables", "fixes.csv");
    await writeUnlessEdited(path, "path,label\na.jpg,sad\n");
    await writeUnlessEdited(path, "path,label\na.jpg,sad\n");
    writeFileSync(path, "path,label\na.jpg,\n");
    await expect(writeUnlessEdited(path, "path,label\na.jpg,sad\n")).rejects.toThrow(
      `${path}: expected no other table there, but there is one that a person may have edited; it was left as it is.\n  Name another file, or move that one away.`,
    );
    expect(readFileSync(path, "utf8")).toBe("path,label\na.jpg,\n");
    writeFileSync(path, "");
    await writeUnlessEdited(path, "new");
    expect(readFileSync(path, "utf8")).toBe("new");
  });
});

const codes = ["ENOSPC", "EDQUOT", "EMFILE", "ENAMETOOLONG", "EACCES", "EROFS", "EIO"];
const steps = ["mkdir", "open", "writeFile", "sync", "close", "rename"] as const;

/** The calls of a file system of which one step fails, and removing what was begun as well, if told. */
function failing(step: (typeof steps)[number], code: string, { alsoRm = false } = {}): FileCalls {
  const fail = (syscall: string) => async () => {
    throw Object.assign(new Error(`${code}: whatever`), { code, syscall });
  };
  const opened = async (...args: Parameters<typeof open>) => {
    const file = await open(...args);
    if (step === "writeFile") file.writeFile = fail("write");
    if (step === "sync") file.sync = fail("fsync");
    const close = file.close.bind(file);
    if (step === "close") file.close = async () => close().then(fail("close"));
    return file;
  };
  return {
    mkdir: step === "mkdir" ? fail("mkdir") : makeFolder,
    open: (step === "open" ? fail("open") : opened) as typeof open,
    rename: (step === "rename" ? fail("rename") : rename) as typeof rename,
    rm: (alsoRm ? fail("rm") : rm) as typeof rm,
  };
}

describe("a write that fails", () => {
  it.each(codes.flatMap((code) => steps.map((step) => [code, step] as const)))(
    "%s at %s is said in our words, names the file, and leaves what was there",
    async (code, step) => {
      const place = mkdtempSync(join(folder, "failing-"));
      const path = join(place, "answer.svg");
      writeFileSync(path, "old");
      const error = await writeWhole(path, "new", { calls: failing(step, code) }).catch((given: Error) => given);
      expect(error).toBeInstanceOf(DataError);
      expect((error as Error).message).toMatch(new RegExp(`answer\\.svg: expected to .* it|make the folder, but .* \\(${code}\\)\\.`));
      expect((error as Error).message).not.toMatch(/\n\s+at |Error:/);
      expect([readdirSync(place), readFileSync(path, "utf8")]).toEqual([["answer.svg"], "old"]);
    },
  );

  it("tells the first failure where tidying up fails as well", async () => {
    const calls = failing("writeFile", "ENOSPC", { alsoRm: true });
    await expect(writeWhole(join(folder, "x"), "y", { calls })).rejects.toThrow(/no space is left on the device \(ENOSPC\)/);
  });

  it("takes names of up to 255 characters, and refuses longer ones in our words", async () => {
    await writeWhole(join(folder, "n".repeat(255)), "x");
    expect(readFileSync(join(folder, "n".repeat(255)), "utf8")).toBe("x");
    await expect(writeWhole(join(folder, "n".repeat(256)), "x")).rejects.toThrow(/its name is too long \(ENAMETOOLONG\)\.$/);
  });
});

describe("a place for an answer", () => {
  const refused = (path: string, kind?: "file" | "folder") => {
    try {
      checkWritable(path, kind);
    } catch (error) {
      expect(error).toBeInstanceOf(DataError);
      return (error as Error).message.replace(`${folder}/`, "").split("\n")[0];
    }
    return "taken";
  };

  it("is refused where it cannot be written to, and nothing is made or changed", () => {
    mkdirSync(join(folder, "dir.svg"));
    writeFileSync(join(folder, "file"), "x");
    symlinkSync("circle", join(folder, "circle"));
    const before = readdirSync(folder).sort();
    expect(refused(join(folder, "dir.svg"))).toBe("dir.svg: expected to open it, but it is a folder (EISDIR).");
    expect(refused(join(folder, "file", "x.svg"))).toBe(
      "file/x.svg: expected to open it, but a part of its path is a file, not a folder (ENOTDIR).",
    );
    expect(refused(join(folder, "file"), "folder")).toBe(
      "file: expected to make the folder, but a part of its path is a file, not a folder (ENOTDIR).",
    );
    expect(refused(join(folder, "circle", "x.svg"))).toMatch(/^circle\/x\.svg: .*its links lead in a circle \(ELOOP\)\.$/);
    expect(refused(join(folder, "n".repeat(256)))).toMatch(/its name is too long \(ENAMETOOLONG\)\.$/);
    expect([refused(join(folder, "new", "deep", "x.svg")), refused(join(folder, "new"), "folder"), refused(join(folder, "file"))]).toEqual([
      "taken",
      "taken",
      "taken",
    ]);
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  it("is looked at by every command that writes one, before anything is read", async () => {
    writeFileSync(join(folder, "in the way"), "x");
    const tried: string[] = [];
    for (const { page } of await loadCommands()) {
      for (const { flags, writes } of page.options) {
        if (writes === undefined) continue;
        const flag = /--[a-z-]+/.exec(flags)?.[0] as string;
        const place = join(folder, "in the way", "answer.html");
        const needed = (page.arguments ?? []).filter((argument) => argument.startsWith("<")).map(() => "nowhere");
        const said: string[] = [];
        const streams = { stdout: { write: () => {} }, stderr: { write: (text: string) => said.push(text) }, env: {} };
        const status = await runProgram([...page.name.split(" "), ...needed, flag, place], streams);
        expect([page.name, flag, status, said.join("")]).toEqual([
          page.name,
          flag,
          1,
          expect.stringMatching(/^DataError: .*in the way\/answer\.html: expected to .*a part of its path is a file/),
        ]);
        tried.push(`${page.name} ${flag}`);
      }
    }
    expect(tried).toEqual(
      expect.arrayContaining([
        "train --out",
        "train --resume",
        "embed --out",
        "map --out",
        "export --out",
        "evaluate --report",
        "audit --csv",
        "soft-labels --csv",
        "album --sheet",
        "album --copy",
        "search --sheet",
        "classify --sheet",
        "library export --out",
        "compare --out",
        "reproduce --out",
        "subdivide --out",
      ]),
    );
  });
});
