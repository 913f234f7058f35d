import type { Estimate } from "@semblant/core";
import { formatTable } from "@semblant/core/internals";
import type { MeasuredSpace } from "../models/measured.ts";
import { numberText, rangeText } from "../words/number-text.ts";
import { count } from "./lead.ts";

type Row = readonly string[];

const columns = ["mapAtR", "rPrecision", "mrr", "precisionAt1"] as const;
/** Classes that a terminal is told of one by one. */
const most = 20;

/** How well faces of a class find each other: by K, by rank, and class by class. */
export function retrievalLines(measured: MeasuredSpace): string[] {
  return [formatTable(byK(measured)), "", formatTable(byRank(measured)), ...manyLines(measured), ...unfindableLines(measured)];
}

function byK({ evaluation: { metrics, settings } }: MeasuredSpace): Row[] {
  const row = (name: string, kind: string) => [
    name,
    ...settings.ks.map((K) =>
      numberText((metrics as Readonly<Record<string, Estimate | undefined>>)[`${kind}At${K}`]?.value ?? Number.NaN, 1),
    ),
  ];
  return [["%, K =", ...settings.ks.map(String)], row("Recall@K", "recall"), row("Precision@K, Acc@K", "precision")];
}

function byRank({ evaluation: { metrics, perClass, rows } }: MeasuredSpace): Row[] {
  const values = (of: { readonly [name in (typeof columns)[number]]?: Estimate }) =>
    columns.map((name) => numberText(of[name]?.value ?? Number.NaN, 1));
  const present = perClass.filter(({ support }) => support > 0);
  return [
    ["%", "faces", "MAP@R", "R-precision", "MRR", "Precision@1"],
    ["all", count(rows.test), ...values(metrics)],
    ["", "", ...columns.map((name) => (metrics[name] ? rangeText(metrics[name], 1) : ""))],
    ...(present.length > most ? [] : present.map(({ name, support, retrieval }) => [name, count(support), ...values(retrieval)])),
  ];
}

function manyLines({ evaluation: { perClass } }: MeasuredSpace): string[] {
  const present = perClass.filter(({ support }) => support > 0).length;
  return present > most ? [`Each of the ${count(present)} classes: --json`] : [];
}

/** Which queries have nothing to find: without a word, a mean over the others would look like one over all. */
function unfindableLines({ evaluation: { unfindable }, dataset }: MeasuredSpace): string[] {
  if (unfindable === undefined || dataset.against === undefined) return [];
  const n = unfindable.reduce((sum, { rows }) => sum + rows, 0);
  const named = unfindable.slice(0, most).map(({ name, rows }) => `${name} ${count(rows)}`);
  const more = unfindable.length > most ? " ..." : "";
  const who = n === 1 ? "1 query has no face of its" : `${count(n)} queries have no face of their`;
  return ["", `${who} class in the gallery: ${named.join(", ")}${more}.`, "Retrieval is measured on the others."];
}
