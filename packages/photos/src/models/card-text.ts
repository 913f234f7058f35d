import type { Measured, ModelCard, ModelMeasurement } from "@semblant/faces";

/** A model's card as Markdown: what a person is to know before using it. */
export function cardText(card: ModelCard, { bytes }: { readonly bytes: number }): string {
  const { name, version, summary, input, dimensions, classes, thresholds, measured, identityLeak, licence, provenance } = card;
  const { parents } = card.kinds ?? card.gaussians;
  return `${[
    `# ${name}`,
    summary,
    list([
      `in: faces of ${input.size} × ${input.size} pixels, ${input.channels === 1 ? "grey" : "colour"}, 0 to 255; ` +
        `out: ${dimensions} numbers`,
      `looks: ${classes.map((name, c) => name + subclasses(parents.filter((parent) => parent === c).length)).join(", ")}`,
      `unsure below a probability of ${thresholds.posterior}, none of these below a log-density of ${thresholds.logDensity.toFixed(1)}`,
      `file: ${(bytes / 1e6).toFixed(2)} MB of ONNX, opset 17, network's CRC-32 ${card.checksum}, card of semblant ${version}`,
    ]),
    "## Measured",
    ...measured.map(measurementText),
    ...(identityLeak === undefined
      ? []
      : [
          "## Identity leak",
          `Of ${count(identityLeak.n)} ${identityLeak.data}, the face nearest to a face is the same person's in ` +
            `${identityLeak.share.toFixed(1)} %; by chance it would be ${identityLeak.chance.toFixed(1)} %. ` +
            "Embeddings are personal data.",
        ]),
    "## Limits",
    list(card.limits),
    "## Not acceptable",
    list(card.unacceptable),
    "## Where it comes from",
    list([...Object.entries(provenance).map(inWords), `licence: ${licence}`]),
  ].join("\n\n")}\n`;
}

/** How many sub-classes of a look are told apart, where there are several: `search happiness/2` asks for one. */
const subclasses = (count: number) => (count > 1 ? ` (${count} sub-classes)` : "");

const inWords = ([key, value]: [string, unknown]) => `${today.get(key) ?? key}: ${today.get(String(value)) ?? value}`;

/** Words of cards that were written before the field's own were used. */
const today: ReadonlyMap<string, string> = new Map([
  ["taught by", "soft labels"],
  ["votes, and what other networks said of the same faces (soft labels)", "votes, and what other networks said of the same faces"],
  ["log-loss on validation, named by kinds", "log-loss on validation, by sub-classes"],
  ["each face and its mirror image, the mean of both", "each face and its mirror image (test-time flip), the mean of both"],
]);

function measurementText({ data, n, protocol, metrics, recall }: ModelMeasurement): string {
  const rows = Object.entries(metrics).map(([name, value]) => [words.get(name) ?? name, withInterval(value)]);
  const perClass = Object.entries(recall ?? {}).map(([name, { value, n: faces }]) => [name, `${value.toFixed(1)} %`, count(faces)]);
  return [
    `${data}, N = ${count(n)}. ${protocol}`,
    table([["", "95 % interval"], ...rows]),
    ...(perClass.length === 0 ? [] : [table([["", "named rightly", "faces"], ...perClass])]),
  ].join("\n\n");
}

const words: ReadonlyMap<string, string> = new Map(
  Object.entries({
    accuracy: "accuracy, %",
    ece: "expected calibration error, %",
    logLoss: "log-loss, nats",
    nmi: "NMI of k-means clusters, %",
  }),
);

const withInterval = ({ value, low, high }: Measured) => `${digits(value)} (${digits(low)}–${digits(high)})`;
const digits = (x: number) => (Math.abs(x) < 5 ? x.toFixed(2) : x.toFixed(1));
const count = (n: number) => n.toLocaleString("en-US");
const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join("\n");

function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  return [head, head.map((_, i) => (i === 0 ? "---" : "---:")), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
