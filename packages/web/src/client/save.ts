import { ask } from "./api.ts";

/** Offers a file to be saved, as the browser does with what it downloads. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * Asks the home for a file, and offers it to be saved.
 *
 * @throws {ApiError} when the home refuses
 */
export async function saveExport(path: string, body: unknown, name: string): Promise<void> {
  const response = await ask(path, { method: "POST", body });
  saveFile(await response.blob(), name);
}
