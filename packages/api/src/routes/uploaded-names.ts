import { isPictureName, picturesInWords } from "@semblant/core/internals";

/** Why a picture may not be kept by a name that came from outside; undefined where it may. It can lead nowhere but below the folder. */
export function wrongName(name: string): string | undefined {
  const parts = name.split("/");
  if (name.length > 1000 || parts.some((part) => part.length > 200)) return "its name is too long";
  if (/[\p{Cc}\p{Cs}\p{Bidi_Control}\\:*?"<>|]/u.test(name)) return "its name holds a character that file systems refuse";
  if (parts.some((part) => part === "" || part.startsWith(".") || /[. ]$/.test(part))) return "its name is none that a photo may have here";
  return isPictureName(name) ? undefined : `its name is none of a picture (${picturesInWords()})`;
}
