import { basename, join } from "node:path";
import { OptionError } from "@semblant/core";
import { duration, remark, show } from "@semblant/core/internals";
import { makeFolder, writeWhole } from "@semblant/files/internals";
import { version } from "@semblant/photos";
import { openRun } from "@semblant/training";
import { writePicture } from "../pictures/write-picture.ts";
import { shownSettings } from "../report/shown-settings.ts";
import { experimentPage } from "./experiment-page.ts";
import { experimentNames, loadExperiment } from "./experiments.ts";
import type { Finding } from "./finding.ts";
import { openStudy, type StudyOptions } from "./study.ts";

/** What {@link reproduce} is told. */
export interface ReproduceOptions extends StudyOptions {
  /** `table-1` to `figure-9`, or `all`. */
  readonly experiments: readonly string[];
  /** Folder of the pages. */
  readonly out?: string;
}

/** An experiment made and written. */
export interface Reproduced {
  readonly name: string;
  readonly title: string;
  readonly page: string;
  readonly pictures: readonly string[];
  readonly finding: Finding;
}

/**
 * Makes experiments of the paper: trains what is missing, measures, writes `<name>.html`, `<name>.json` and the pictures.
 *
 * @throws OptionError for an unknown experiment
 *
 * @example
 * await reproduce({ experiments: ["table-9"] }).next(); // throws OptionError: reproduce: expected table-1, table-2, figure-2
 */
export async function* reproduce(options: ReproduceOptions): AsyncGenerator<Reproduced, void, undefined> {
  const { experiments, out = "pages", ...rest } = options;
  const names = experiments.includes("all") ? experimentNames : experiments;
  const unknown = names.find((name) => !experimentNames.includes(name));
  if (unknown !== undefined) {
    throw new OptionError(`reproduce: expected ${experimentNames.join(", ")} or all, but got ${show(unknown)}.`);
  }
  const study = openStudy(rest);
  for (const name of names) {
    const began = performance.now();
    const experiment = await loadExperiment(name);
    const said = await study.announce(experiment.trains);
    const found = await experiment.make(study);
    const cut = study.cutShort();
    const finding = cut === undefined ? found : { ...found, lead: `${found.lead} ${cut}` };
    makeFolder(out);
    const pictures: string[] = [];
    for (const { picture } of finding.sections) {
      if (picture === undefined) continue;
      for (const ending of ["svg", "png"]) {
        const path = join(out, `${picture.file}.${ending}`);
        await writePicture(path, picture.svg);
        pictures.push(path);
      }
    }
    const settings = Object.fromEntries(finding.runs.map((run) => [basename(run), shownSettings(openRun(run).settings)]));
    const made = {
      command: `semblant reproduce ${name}${study.quick ? " --quick" : ""}`,
      settings,
      seconds: (performance.now() - began) / 1000,
      ...(said !== undefined && { secondsSaid: said }),
      version,
      quick: study.quick,
    };
    const path = join(out, `${name}.html`);
    await writeWhole(path, experimentPage(experiment, finding, made));
    const { lead, numbers } = finding;
    await writeWhole(join(out, `${name}.json`), `${JSON.stringify({ experiment: name, lead, numbers, ...made }, null, 2)}\n`);
    if (said !== undefined) remark(`${name}: took ${duration((performance.now() - began) / 1000)}; ${duration(said)} were said.`);
    yield { name, title: experiment.title, page: path, pictures, finding };
  }
}
