/** The trainings of a campaign: five networks by three losses, by one or both presets, those of ResNet18 first. */
import { resolve } from "node:path";
import { resolveSettings, type Settings } from "@semblant/training/settings";
import { type Method, methods, type Network } from "../paper-rows.ts";

export const presets = ["best", "paper"] as const;
export type Preset = (typeof presets)[number];

/** ResNet18 first: it has the paper's best rows. Then by the work that an image is, the least first. */
export const networkOrder = ["resnet18", "fmpnet", "preactresnet18", "alexnet", "cvgg13"] as const satisfies readonly Network[];

/** What is asked of every training alike. */
export interface Asked {
  /** Folder of FER+. */
  readonly data: string;
  readonly device: string;
  /** Epochs in place of the preset's. */
  readonly epochs?: number;
  /** Steps in place of epochs: a rehearsal. */
  readonly steps?: number;
  /** `name=value` of a rehearsal. */
  readonly settings: readonly string[];
  /** Folder of the runs. */
  readonly runs: string;
}

/** One training: a row of Table 2. */
export interface Training {
  readonly preset: Preset;
  readonly network: Network;
  readonly method: Method;
  readonly epochs: number;
  /** Settings that `semblant reproduce` is told for it, beside network and loss. */
  readonly overrides: readonly string[];
  /** All settings, as they will be. */
  readonly settings: Settings;
  /** Folder of its run and those like it: one preset, one number of epochs. */
  readonly runs: string;
}

/** Every training, in the order in which they are made. */
export function trainingsOf(which: { presets: readonly Preset[]; networks: readonly Network[] }, asked: Asked): Training[] {
  const cells = (networks: readonly Network[]) => which.presets.flatMap((preset) => networks.map((network) => ({ preset, network })));
  const inOrder = networkOrder.filter((network) => which.networks.includes(network));
  const [first, ...others] = inOrder;
  return [...cells(first === undefined ? [] : [first]), ...cells(others)].flatMap(({ preset, network }) =>
    (Object.keys(methods) as Method[]).map((method) => trainingOf({ preset, network, method }, asked)),
  );
}

function trainingOf(cell: Pick<Training, "preset" | "network" | "method">, asked: Asked): Training {
  const { preset, network, method } = cell;
  const overrides = [
    `preset=${preset}`,
    `device=${asked.device}`,
    ...(asked.epochs === undefined ? [] : [`epochs=${asked.epochs}`]),
    ...(asked.steps === undefined ? [] : [`steps=${asked.steps}`]),
    ...asked.settings,
  ];
  const settings = resolveSettings({ data: { source: asked.data } }, [
    ...overrides,
    `network.name=${network}`,
    `loss.name=${method}`,
    ...(method === "cross-entropy" ? ["network.head=classes"] : []),
  ]);
  const length = asked.steps === undefined ? `${settings.epochs}` : `${asked.steps}-steps`;
  return { ...cell, epochs: settings.epochs, overrides, settings, runs: resolve(asked.runs, `${preset}-${length}`) };
}

/** Its name in logs: `best resnet18 sgm`. */
export const nameOf = ({ preset, network, method }: Pick<Training, "preset" | "network" | "method">): string =>
  `${preset} ${network} ${method}`;
