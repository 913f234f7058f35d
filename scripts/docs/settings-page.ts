import { resolve } from "node:path";
import { setOptions } from "@semblant/datasets";
import { lossDeclarations, networkDeclarations, presets, settingRanges } from "@semblant/training/settings";
import { typed } from "./declared-options.ts";
import { type Docstring, docstringsOf } from "./docstrings.ts";
import { capital, type ReferencePage, sentence, table } from "./page.ts";

const source = resolve(import.meta.dirname, "../../packages/training/src/settings");
const files = ["setting-types.ts", "loss-settings.ts", "network-settings.ts"];

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

/** Every setting of a training, with what its type or its declaration says of it; an option that several declare comes once for each. */
export function settings(): DescribedSetting[] {
  const types = new Map(files.flatMap((file) => [...docstringsOf(resolve(source, file))]));
  return [...settingRanges()].flatMap(([name, range]) => {
    const declared = declaredAs(name);
    if (declared.length > 0) return declared;
    const [best, paper] = [typed(setIn(presets.best, name)), typed(setIn(presets.paper, name))];
    return [{ name, meaning: meaningOf(name, types), range, best, paper }];
  });
}

/** What data sets, losses or networks declare of a setting, the latter each after its own title. */
function declaredAs(name: string): DescribedSetting[] {
  const [section, option = ""] = name.split(".") as [string, string?];
  const ofSets = section === "data" ? setOptions.get(option) : undefined;
  if (ofSets !== undefined) {
    const { rule, text: meaning, default: usual } = ofSets;
    return [{ name, meaning, range: rule.range?.expected ?? rule.expected, best: typed(usual), paper: typed(usual) }];
  }
  const declarations = section === "loss" ? lossDeclarations : section === "network" ? networkDeclarations : new Map<string, never>();
  return [...declarations.values()].flatMap(({ title, options }) => {
    const declared = options[option];
    if (declared === undefined) return [];
    const { rule, help, default: best, published = best } = declared;
    const range = rule.range?.expected ?? rule.expected;
    return [{ name, meaning: `${capital(title)}: ${help}`, range, best: typed(best), paper: typed(published) }];
  });
}

function meaningOf(name: string, types: ReadonlyMap<string, Docstring>): string {
  const [section, inner] = name.split(".") as [string, string?];
  const member = types.get("Settings")?.members.find((candidate) => candidate.name === section);
  if (inner === undefined) return member?.text ?? "";
  const type = section === "data" ? "SharedDataSettings" : (member?.type ?? "");
  return types.get(type)?.members.find((candidate) => candidate.name === inner)?.text ?? "";
}

function setIn(settings: object, name: string): string | number | boolean | null {
  return name.split(".").reduce<unknown>((value, part) => (value as Record<string, unknown>)[part], settings) as string;
}

/** Every setting with its meaning, range and defaults, a section each. */
export function settingsPage(): ReferencePage {
  const all = settings();
  const sections = [...new Set(all.map(({ name }) => sectionOf(name)))];
  const text = [
    "Give a setting as `name=value` after `semblant train`, or in a YAML file with `--config`. `none` switches one off.",
    "A value that is not given comes from the preset: `best`, or `paper` with `--preset paper`.",
    "Where the default of a loss or network is `none`, it decides for itself.",
    ...sections.map((section) => {
      const rows = all
        .filter(({ name }) => sectionOf(name) === section)
        .map(({ name, meaning, range, best, paper }) => [`\`${name}\``, sentence(meaning), range, best, paper]);
      return `## ${section === "" ? "Of the run" : capital(section)}\n\n${table(["setting", "meaning", "may be", "best", "paper"], rows)}`;
    }),
  ].join("\n\n");
  return { name: "settings", title: "Settings", text };
}

const sectionOf = (name: string): string => (name.includes(".") ? (name.split(".")[0] as string) : "");
