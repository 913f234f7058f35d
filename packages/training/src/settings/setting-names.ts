import { OptionError } from "@semblant/core";
import { nearest, show } from "@semblant/core/internals";

/** What a section is about, where it is given a value as if it were a setting: `data: DIR`, `loss=triplet`. */
const mainOf: ReadonlyMap<string, string> = new Map(
  Object.entries({
    data: "data.source",
    network: "network.name",
    loss: "loss.name",
    optimizer: "optimizer.name",
    schedule: "schedule.name",
    validation: "validation.metric",
    checkpoint: "checkpoint.seconds",
  }),
);

/** What others call a setting, in {@link plain} letters. */
const alias: ReadonlyMap<string, string> = new Map(
  Object.entries({
    lr: "optimizer.learningRate",
    rate: "optimizer.learningRate",
    batchsize: "batch",
    dataset: "data.source",
    path: "data.source",
    folder: "data.source",
    model: "network.name",
    width: "network.baseChannels",
    arch: "network.name",
    architecture: "network.name",
    dim: "network.dimensions",
    embeddingsize: "network.dimensions",
    imagesize: "data.size",
    preset: "preset",
    randomseed: "seed",
    numepochs: "epochs",
    maxsteps: "steps",
    gradclip: "clip",
    dtype: "precision",
  }),
);

/**
 * Refuses names that are no settings, with the one that was meant: near in its letters, the same but for its section or its way of
 * writing (`learning_rate`), what others call it (`lr`), or the setting that a section is about.
 *
 * @throws OptionError for the first of them
 */
export function refuseUnknownSettings(given: Iterable<readonly [name: string, value: unknown]>, known: readonly string[]): void {
  for (const [name, value] of given) {
    if (known.includes(name)) continue;
    if (mainOf.has(name)) throw sectionGiven(name, value);
    const meant = meantBy(name, known);
    const advice = meant === undefined ? listed(name, known) : `did you mean ${show(meant)}?`;
    throw new OptionError(`settings: unknown option ${show(name)}; ${advice}`);
  }
}

function sectionGiven(name: string, value: unknown): OptionError {
  const main = mainOf.get(name) as string;
  const inner = main.slice(name.length + 1);
  const plainly = typeof value === "string" || typeof value === "number";
  const meant = show(plainly ? `${main}=${value}` : main);
  const got = plainly ? "" : `, which is a section, as ${show(value)}`;
  return new OptionError(
    `settings: unknown option ${show(name)}${got}; did you mean ${meant}?\n  In YAML: ${name}: { ${inner}: ` +
      `... }${value === null ? ", or no such line" : ""}`,
  );
}

const few = 6;

/** The names of the section that a name is in, or the first of all. */
function listed(name: string, known: readonly string[]): string {
  const section = `${name.split(".")[0]}.`;
  const within = known.filter((candidate) => name.includes(".") && candidate.startsWith(section));
  if (within.length > 0) return `known: ${within.join(", ")}.`;
  return `known: ${known.slice(0, few).join(", ")} and ${known.length - few} more.\n  All of them are in a run's settings.json.`;
}

/** The setting that a name stands for; undefined where none comes near. */
function meantBy(name: string, known: readonly string[]): string | undefined {
  const near = nearest(name, known);
  if (near !== undefined) return near;
  const last = plain(lastPart(name));
  const same = known.filter((candidate) => plain(lastPart(candidate)) === last);
  if (same.length > 0) return same[0];
  const called = alias.get(last);
  if (called !== undefined) return called;
  const close = nearest(last, [...new Set(known.map((candidate) => plain(lastPart(candidate))))]);
  const begun = (candidate: string) => last.length >= 4 && plain(lastPart(candidate)).startsWith(last);
  return known.find((candidate) => plain(lastPart(candidate)) === close) ?? known.find(begun);
}

const lastPart = (name: string) => name.slice(name.lastIndexOf(".") + 1);
const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
