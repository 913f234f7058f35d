import type { FaceFilter } from "@semblant/photos";
import type { CommandOption } from "../terminal/declaration.ts";

/** The flag for a filter of faces, which may be given several times. What reads it is loaded only where it is given. */
export const filterFlag = {
  flags: "--filter <conditions>",
  text: 'only faces such as "folder=2024,side>=40,since=2024-05"',
  default: "all",
  read: async (texts: readonly string[]): Promise<FaceFilter> => {
    const { addFilter } = await import("@semblant/photos/internals");
    return texts.reduce<FaceFilter>((before, text) => addFilter(text, before), {});
  },
} as const satisfies CommandOption;
