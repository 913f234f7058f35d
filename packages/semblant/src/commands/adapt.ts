import { existsSync } from "node:fs";
import { OptionError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import { adapt, forgetAdapted } from "@semblant/photos";
import { isLabelledFolder, withoutPassword } from "@semblant/photos/internals";
import { dataOverrides } from "../flags/data-words.ts";
import { tellOpened } from "../flags/opened-folder.ts";
import { refuseFolderOptions } from "../flags/refused-flags.ts";
import { loadLab } from "../lab/load-lab.ts";
import { page } from "../pages/adapt.ts";
import { formatAdapted } from "../tables/adapted-table.ts";
import { commandOf } from "../terminal/command.ts";
import { commandLine } from "../terminal/command-line.ts";
import { type GivenFlags, onlyGiven } from "../terminal/given.ts";
import type { Terminal } from "../terminal/terminal.ts";

type Given = GivenFlags<typeof page>;

export const command = commandOf(page, async ([labelled, settings], given, terminal) => {
  if (given.forget === true) return forget(libraryToForget(labelled, given), given, terminal);
  const isSetting = labelled !== undefined && /^data\.\w+=/.test(labelled);
  const from = (isSetting ? undefined : labelled) ?? (given.corrected === true ? given.into : undefined);
  if (from === undefined) {
    throw new OptionError('adapt: expected a folder or table of labelled faces, like "semblant adapt faces/ --out mine.json".');
  }
  const overrides = dataOverrides("adapt", "<labelled>", [...(isSetting ? [labelled] : []), ...settings]);
  const asPhotos = given.corrected === true || !existsSync(from) || (isLabelledFolder(from) && overrides.length === 0);
  return asPhotos ? adaptToPhotos(from, overrides, given, terminal) : adaptToData(from, overrides, given, terminal);
});

async function adaptToPhotos(from: string, overrides: readonly string[], given: Given, terminal: Terminal): Promise<number> {
  if (overrides[0] !== undefined) throw new OptionError(`adapt: expected a data set with ${show(overrides[0])}, but got ${show(from)}.`);
  const { forget: _, ...options } = given;
  const { set, errors, adaptation: _file, ...adapted } = await adapt(from, { ...options, note: terminal.note }, terminal.live);
  terminal.endLive();
  terminal.print(formatAdapted(adapted, toGoBack(given)));
  tellOpened("adapt", { set, errors }, terminal);
  terminal.result({ labelled: from, ...adapted, errors, remarks: set.remarks });
  return adapted.better ? 0 : 1;
}

async function adaptToData(from: string, overrides: readonly string[], given: Given, terminal: Terminal): Promise<number> {
  const ofInto = given.into === undefined ? {} : { library: undefined };
  refuseFolderOptions("adapt", `the data set ${from}`, { ...given, model: undefined, ...ofInto });
  const { adaptData } = await loadLab();
  const { model, out, into, library, newClasses, only, seed } = given;
  const asked = { ...onlyGiven({ model, out, into, library, newClasses, only, seed }), overrides };
  const { adaptation: _file, dataset, ...adapted } = await adaptData(from, asked, terminal.live);
  terminal.endLive();
  terminal.print(`${dataset.name}, labels: ${dataset.labels}\n\n${formatAdapted(adapted, toGoBack(given))}`);
  terminal.result({ labelled: from, dataset, ...adapted });
  return adapted.better ? 0 : 1;
}

/** The command that lets the library answer by its model as it was trained again. */
function toGoBack({ into = ".", library }: Given): string {
  const place = library === undefined ? [] : ["--library", withoutPassword(library)];
  return commandLine(["semblant", "adapt", "--forget", "--in", into, ...place]);
}

/** Two folders at once could be taken for each other, so only one is named. */
function libraryToForget(labelled: string | undefined, { into }: Given): string {
  if (labelled === undefined || into === undefined) return labelled ?? into ?? ".";
  throw new OptionError(
    `adapt: expected one folder with --forget, like "--forget --in photos/", but got ${show(labelled)} and ${show(into)}.`,
  );
}

async function forget(folder: string, { model, library }: Given, terminal: Terminal): Promise<number> {
  const name = await forgetAdapted(folder, onlyGiven({ model, library }));
  terminal.print(`${folder}: forgotten. It answers by ${name} as it was trained.`);
  terminal.result({ folder, model: name });
  return 0;
}
