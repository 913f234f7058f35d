import { describe, expect, it } from "vitest";
import { DataError } from "./errors.ts";
import { inFileWords, isFileFailure } from "./file-errors.ts";

const failure = (code: string, syscall: string, path?: string) =>
  Object.assign(new Error(`${code}: whatever`), { code, syscall, ...(path !== undefined && { path }) });

describe("what the system says of a file", () => {
  it.each([
    ["ENOSPC", "write", "f: expected to write it, but no space is left on the device (ENOSPC).\n  Make room there, or name another place."],
    ["EDQUOT", "write", "f: expected to write it, but the quota there is used up (EDQUOT).\n  Make room there, or name another place."],
    [
      "EFBIG",
      "write",
      "f: expected to write it, but it would be longer than a file may be here (EFBIG).\n  Name another place, or raise the limit (ulimit -f).",
    ],
    [
      "EMFILE",
      "open",
      "f: expected to open it, but too many files are open (EMFILE).\n  Raise the limit (ulimit -n), or close what holds files open.",
    ],
    ["ENFILE", "open", "f: expected to open it, but too many files are open (ENFILE).\n  Close what holds files open, and try again."],
    ["ENAMETOOLONG", "open", "f: expected to open it, but its name is too long (ENAMETOOLONG)."],
    ["EACCES", "open", "f: expected to open it, but permission is denied (EACCES)."],
    ["EROFS", "mkdir", "f: expected to make the folder, but the file system is read-only (EROFS).\n  Name another place."],
    ["EISDIR", "read", "f: expected to read it, but it is a folder (EISDIR)."],
    ["ENOTDIR", "stat", "f: expected to use it, but a part of its path is a file, not a folder (ENOTDIR)."],
    ["ENOENT", "open", "f: expected to open it, but there is no such file or folder (ENOENT)."],
    ["ELOOP", "open", "f: expected to open it, but its links lead in a circle (ELOOP)."],
    ["EXDEV", "rename", "f: expected to put it into place, but the system refused (EXDEV)."],
  ])("is said in our words: %s", (code, syscall, message) => {
    expect(inFileWords(failure(code, syscall, "f"))).toEqual(new DataError(message));
  });

  it("names the file that it is told, where the failure names none", () => {
    expect((inFileWords(failure("ENOSPC", "write"), "a/b.svg") as Error).message).toMatch(/^a\/b\.svg: /);
    expect((inFileWords(failure("EIO", "read")) as Error).message).toBe("a file: expected to read it, but the device gave an error (EIO).");
  });

  it("keeps the failure as the cause, and leaves other errors as they are", () => {
    const full = failure("ENOSPC", "write");
    expect((inFileWords(full) as Error).cause).toBe(full);
    const others = [new TypeError("x"), new DataError("y"), "z", undefined, Object.assign(new Error("w"), { code: "SQLITE_FULL" })];
    expect(others.map((other) => inFileWords(other))).toEqual(others);
    expect(others.some(isFileFailure)).toBe(false);
  });
});
