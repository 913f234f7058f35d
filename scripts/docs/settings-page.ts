import { resolve } from "node:path";
import { presets, settingRanges } from "@semblant/training/settings";
import { type Docstring, docstringsOf } from "./docstrings.ts";
import { type ReferencePage, sentence, table } from "./page.ts";

const source = resolve(import.meta.dirname, "../../packages/training/src");
const files = ["settings/setting-types.ts", "losses/loss-settings.ts", "networks/network-settings.ts"];

/** A setting as the page shows it. */
export interface DescribedSetting {
  /** With a dot after its section: `loss.sigma`. */
  readonly name: string;
  readonly meaning: string;
  /** What it may be. */
  readonly range: string;
  /** Its value in each preset, as it is typed. */
  readonly best: string;
  readonly paper: string;
}

/** Every setting of a training, with what its type says of it. */
export function settings(): DescribedSetting[] {
  const types = new Map(files.flatMap((file) => [...docstringsOf(resolve(source, file))]));
  return [...settingRanges()].map(([name, range]) => ({
    name,
    meaning: meaningOf(name, types),
    range,
    best: typed(setIn(presets.best, name)),
    paper: typed(setIn(presets.paper, name)),
  }));
}

function meaningOf(name: string, types: ReadonlyMap<string, Docstring>): string {
  const [section, inner] = name.split(".") as [string, string?];
  const member = types.get("Settings")?.members.find((candidate) => candidate.name === section);
  if (inner === undefined) return member?.text ?? "";
  return types.get(member?.type ?? "")?.members.find((candidate) => candidate.name === inner)?.text ?? "";
}

function setIn(settings: object, name: string): unknown {
  return name.split(".").reduce<unknown>((value, part) => (value as Record<string, unknown>)[part], settings);
}

const typed = (value: unknown): string => (value === null ? "none" : String(value));

/** Every setting with its meaning, range and defaults, a section each. */
export function settingsPage(): ReferencePage {
  const all = settings();
  const sections = [...new Set(all.map(({ name }) => sectionOf(name)))];
  const text = [
    "Give a setting as `name=value` after `semblant train`, or in a YAML file with `--config`. `none` switches one off.",
    "A value that is not given comes from the preset: `best`, or `paper` with `--preset paper`.",
    ...sections.map((section) => {
      const rows = all
        .filter(({ name }) => sectionOf(name) === section)
        .map(({ name, meaning, range, best, paper }) => [`\`${name}\``, sentence(meaning), range, best, paper]);
      return `## ${section === "" ? "Of the run" : section}\n\n${table(["setting", "meaning", "may be", "best", "paper"], rows)}`;
    }),
  ].join("\n\n");
  return { name: "settings", title: "Settings", text };
}

const sectionOf = (name: string): string => (name.includes(".") ? (name.split(".")[0] as string) : "");
