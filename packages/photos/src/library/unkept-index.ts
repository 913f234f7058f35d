import { sidecarPath } from "../taught/files-beside.ts";

/** What keeps a file from being written, by the system's or SQLite's word for it. */
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk is full",
  SQLITE_FULL: "the disk is full",
  SQLITE_IOERR_SHMSIZE: "the disk is full",
  EACCES: "its place may only be read",
  EPERM: "its place may only be read",
  EROFS: "its place may only be read",
  SQLITE_READONLY: "its place may only be read",
  EISDIR: "a folder has its name",
  SQLITE_BUSY: "another process is writing to the library",
};

/**
 * Why the index for search could not be kept, as a remark beside the answer.
 *
 * @throws the error itself where it is none that keeps a file from being written: the library may be damaged
 */
export function whyUnkept(error: unknown, library: string): string {
  const reason = reasons[String((error as { code?: unknown } | undefined)?.code)];
  if (reason === undefined) throw error;
  return `the index could not be kept in ${sidecarPath(library)}, and the next search makes it anew: ${reason}`;
}
