import { shelfError } from "@semblant/api";

/**
 * Does something that writes, and says in words that the browser's storage is full.
 *
 * @throws DataError (full) where there is no room
 */
export async function inStorageWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isFull(error)
      ? shelfError(
          "full",
          "storage: expected room for the photos, but this browser's storage is full.\n  Remove photos here, or free disk space.",
        )
      : error;
  }
}

function isFull(error: unknown): boolean {
  const { name, cause } = error as { name?: string; cause?: unknown };
  return name === "QuotaExceededError" || (cause !== undefined && cause !== null && isFull(cause));
}
