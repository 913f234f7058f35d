import { printable } from "@semblant/core/internals";
import type { LibraryHealth } from "@semblant/photos";
import { counted, openNearest } from "@semblant/photos/internals";
import { page } from "../pages/library-check.ts";
import { commandOf } from "../terminal/command.ts";

const shown = 10;

export const command = commandOf(page, async ([folder = "."], opening, terminal) => {
  const library = await openNearest("library check", folder, { ...opening, readonly: true });
  try {
    const health = library.check();
    terminal.print(describe(library.path, health));
    terminal.result({ path: library.path, ...health });
    return health.problems.length > 0 ? 1 : 0;
  } finally {
    library.close();
  }
});

function describe(path: string, health: LibraryHealth): string {
  const { photos, faces, corrections, model, bytes, approximate, problems, missing, errors, format } = health;
  const number = (n: number) => n.toLocaleString("en-US");
  const list = (title: string, lines: readonly string[]) => [
    ...(lines.length > 0 ? ["", `${number(lines.length)} ${title}:`, ...lines.slice(0, shown).map((line) => `  ${printable(line)}`)] : []),
    ...(lines.length > shown ? [`  ... and ${number(lines.length - shown)} more, with --json`] : []),
  ];
  return [
    `${path} (format ${format}, ${(bytes / 1e6).toFixed(1)} MB)`,
    [counted(photos, "photo"), counted(faces, "face"), counted(corrections, "correction")].join(", "),
    `model: ${model ?? "none yet"}; index for approximate search: ${approximate}`,
    problems.length === 0 ? "The library is whole." : `Needs repair: semblant library repair`,
    ...list("wrong", problems),
    ...list("not there now (the next index drops them)", missing),
    ...list(
      "not readable",
      errors.map((error) => `${error.path}: ${error.reason}`),
    ),
  ].join("\n");
}
