import { DataError } from "./errors.ts";

/** What a call of the operating system fails with. */
export interface FileFailure {
  readonly code: string;
  readonly path?: string;
  readonly syscall?: string;
}

const causes: Readonly<Record<string, readonly [cause: string, advice?: string]>> = {
  ENOSPC: ["no space is left on the device", "Make room there, or name another place."],
  EDQUOT: ["the quota there is used up", "Make room there, or name another place."],
  EFBIG: ["it would be longer than a file may be here", "Name another place, or raise the limit (ulimit -f)."],
  EMFILE: ["too many files are open", "Raise the limit (ulimit -n), or close what holds files open."],
  ENFILE: ["too many files are open", "Close what holds files open, and try again."],
  ENOMEM: ["memory ran out"],
  ENAMETOOLONG: ["its name is too long"],
  EACCES: ["permission is denied"],
  EPERM: ["it is not permitted"],
  EROFS: ["the file system is read-only", "Name another place."],
  EISDIR: ["it is a folder"],
  ENOTDIR: ["a part of its path is a file, not a folder"],
  ENOENT: ["there is no such file or folder"],
  EEXIST: ["there is something of that name already"],
  ENOTEMPTY: ["the folder is not empty"],
  ELOOP: ["its links lead in a circle"],
  EIO: ["the device gave an error"],
  EBUSY: ["something else is using it"],
  EILSEQ: ["its name is not one that the file system takes"],
  EINVAL: ["its name is not one that the file system takes"],
  ERR_INVALID_ARG_VALUE: ["its name holds a null byte"],
};

const deeds: Readonly<Record<string, string>> = {
  open: "open it",
  read: "read it",
  write: "write it",
  access: "write it",
  fsync: "write it",
  ftruncate: "write it",
  mkdir: "make the folder",
  scandir: "read the folder",
  opendir: "read the folder",
  rename: "put it into place",
  link: "link it",
  symlink: "link it",
  copyfile: "copy it",
  unlink: "remove it",
  rm: "remove it",
  rmdir: "remove it",
};

/**
 * Whether an error is what the operating system said of a file: no space, no permission, too long a name.
 *
 * @example
 * isFileFailure(Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", syscall: "write" })); // true
 */
export function isFileFailure(error: unknown): error is Error & FileFailure {
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as Partial<FileFailure>;
  if (code === "ERR_INVALID_ARG_VALUE") return /null bytes/.test(error.message);
  return typeof code === "string" && typeof syscall === "string" && /^E[A-Z0-9]+$/.test(code);
}

/**
 * The {@link DataError} for what the operating system said of a file, in our words. Anything else comes back as it is.
 *
 * @param path the file it was about, where the failure does not say (a full disk does not)
 *
 * @example
 * const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", syscall: "write" });
 * (inFileWords(full, "map.svg") as Error).message;
 * // "map.svg: expected to write it, but no space is left on the device (ENOSPC).\n  Make room there, or name another place."
 */
export function inFileWords(error: unknown, path?: string): unknown {
  if (!isFileFailure(error)) return error;
  const { code, syscall = "" } = error;
  const [cause, advice] = Object.hasOwn(causes, code) ? (causes[code] as readonly [string, string?]) : ["the system refused"];
  const deed = Object.hasOwn(deeds, syscall) ? deeds[syscall] : "use it";
  const tried = advice === undefined ? "" : `\n  ${advice}`;
  return new DataError(`${path ?? error.path ?? "a file"}: expected to ${deed}, but ${cause} (${code}).${tried}`, { cause: error });
}
