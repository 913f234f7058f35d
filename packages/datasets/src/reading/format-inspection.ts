import { printable } from "@semblant/core/internals";
import { describeFault, type Fault } from "../survey/fault.ts";
import type { Inspection } from "./inspect.ts";

const count = (n: number): string => n.toLocaleString("en-US");

/**
 * An inspection as lines of plain text: a table of counts, then what is left out, twins, warnings and faults.
 *
 * @param most how many faults of a kind are listed in full (50); the rest are counted
 */
export function formatInspection(inspection: Inspection, { most = 50 }: { most?: number } = {}): string[] {
  const { name, path, layout, labelSource, image } = inspection;
  const colour = image.channels === 1 ? "grey" : "colour";
  return [
    `${name} at ${path} (${layout}), labels from ${labelSource}, images ${image.width} x ${image.height} ${colour}`,
    "",
    ...countTable(inspection),
    ...(inspection.drawn === undefined && inspection.people === undefined ? [] : [""]),
    ...(inspection.people === undefined ? [] : [`Who is in a picture is known by ${inspection.people.by}.`]),
    ...(inspection.drawn === undefined ? [] : [drawnLine(inspection.drawn)]),
    ...facesSection(inspection),
    ...section(
      "Left out",
      inspection.dropped.map((entry) => `${entry.split}: ${count(entry.count)}, ${entry.reason}`),
    ),
    ...section("Identical images", [...twinLines(inspection), ...repeatedLines(inspection)]),
    ...section("Warnings", inspection.warnings),
    ...faultSections(inspection.faults, most),
    "",
    verdict(inspection.faults),
  ];
}

function countTable({ classes, splits }: Inspection): string[] {
  const known = splits.some(({ people }) => people !== undefined);
  const header = ["", "rows", "kept", ...(known ? ["people"] : []), ...classes.map((name) => printable(name))];
  const rows = splits.map(({ split, rows, kept, people = 0, classes: of }) => [
    split,
    ...[rows, kept, ...(known ? [people] : []), ...of].map(count),
  ]);
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => (row[column] as string).length)));
  return [header, ...rows].map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[column] as number))).join("  "),
  );
}

function drawnLine(drawn: NonNullable<Inspection["drawn"]>): string {
  if (drawn === "not at all") return "All of it is test.";
  return `It has no splits of its own: they are drawn ${drawn}. To take all as test: data.split=test`;
}

/** How many of the faceless pictures are named. */
const shownFaceless = 20;

function facesSection({ faces }: Inspection): string[] {
  if (faces === undefined) return [];
  const { pictures, notFound, kept } = faces;
  const n = notFound.length;
  if (n === 0) return ["", `A face was found in each of the ${count(pictures)} pictures.`];
  const [they, them] = n === 1 ? ["it is", "it"] : ["they are", "them"];
  const then = kept
    ? `${they} taken whole (data.noFace=out leaves ${them} out)`
    : `${they} left out (data.noFace=whole takes ${them} whole)`;
  const more = n > shownFaceless ? [`and ${count(n - shownFaceless)} more`] : [];
  return section(`No face was found in ${count(n)} of the ${count(pictures)} pictures; ${then}.`, [
    ...notFound.slice(0, shownFaceless),
    ...more,
  ]);
}

function twinLines({ twins, splits }: Inspection): string[] {
  return twins.map(({ split, in: other, count: all, kept }) => {
    const of = splits.find((entry) => entry.split === split)?.kept ?? 0;
    return (
      `${count(all)} of the ${count(of)} ${split} images also stand in ${other} (${count(kept)} of ` +
      `them as an image that is kept there)`
    );
  });
}

function repeatedLines({ repeated }: Inspection): string[] {
  return repeated.map(({ split, count: n }) => `${count(n)} ${split} images repeat another ${split} image`);
}

function faultSections(faults: readonly Fault[], most: number): string[] {
  const kinds = [...new Set(faults.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const alike = faults.filter((fault) => fault.kind === kind);
    const lines = alike.slice(0, most).map(describeFault);
    if (alike.length > most) lines.push(`and ${count(alike.length - most)} more`);
    return section(`Faults: ${kind} (${count(alike.length)})`, lines);
  });
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${printable(line)}`)];
}

function verdict(faults: readonly Fault[]): string {
  const stopping = faults.filter(({ stops }) => stops).length;
  if (stopping > 0)
    return `Cannot be read until ${stopping === 1 ? "1 fault of a table is" : `${count(stopping)} faults of tables are`} mended.`;
  return faults.length === 0
    ? "No faults."
    : `Can be read: ${faults.length === 1 ? "1 fault costs" : `${count(faults.length)} faults cost`} at most the rows named.`;
}
