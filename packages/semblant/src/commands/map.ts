import { isEmbeddingsName } from "@semblant/files";
import type { MapRunOptions } from "@semblant/lab";
import { loadLab } from "../lab/load-lab.ts";
import type { CommandPage } from "../terminal/page.ts";
import { numberAbove, numberFrom, oneOf, seedNumber, wholeNumber } from "../terminal/parse.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { CommandModule } from "./command.ts";
import { dataAndOverrides, dataFlag } from "./data-overrides.ts";

const splitNames = ["train", "validation", "test"] as const;

export const page: CommandPage = {
  name: "map",
  usage: "<run|model|embeddings> [data] [options] [name=value ...]",
  sentence:
    "Draw faces on a map where those that a run or an exported model finds alike lie together, by t-SNE; or the rows of exported embeddings.",
  examples: [
    ["semblant map runs/1", "its test faces, as points"],
    ["semblant map best jaffe/ --out jaffe.png", "by a model that ships"],
    ["semblant map faces.npy --sample 2000", "some rows of semblant embed"],
  ],
  arguments: ["<run>", "[data]", "[settings...]"],
  options: [
    {
      flags: "-o, --out <file>",
      writes: "file",
      otherwise: "map.svg",
      text: "ends in .svg or .png (300 pixels an inch)",
      default: "map.svg",
    },
    dataFlag,
    {
      flags: "--split <name>",
      text: splitNames.join(", "),
      default: "test; all where a set has no splits",
      parse: oneOf("split", splitNames),
    },
    { flags: "--thumbnails", text: "faces in place of points, as many as find room" },
    { flags: "--sample <n>", text: "most faces on the map, drawn by lot", default: "all", parse: wholeNumber("sample", 4) },
    { flags: "--perplexity <n>", text: "about how many neighbours each face attends to", default: "30", parse: numberAbove("perplexity") },
    { flags: "--width <inches>", text: "in print, 2 to 20", default: "3.5, or 7 with faces", parse: numberFrom("width", 2, 20) },
    { flags: "--title <words>", text: "above the map", default: "none" },
    { flags: "--weights <which>", text: "best or last of the run", default: "best", parse: oneOf("weights", ["best", "last"]) },
    { flags: "-s, --seed <n>", text: "of the lot and of t-SNE", default: "0", parse: seedNumber() },
    {
      flags: "-t, --threads <n>",
      text: "threads an operation may use",
      default: "libtorch's; 1 for a model",
      parse: wholeNumber("threads", 1, 1024),
    },
  ],
  notes: [
    "Embeddings are .npy, .parquet or .tsv as semblant embed or other programs write them; their classes are those of NAME.metadata.tsv.",
    "Nearness on the map means nearness in the run's space; axes and the distances between far groups mean nothing. Trustworthiness says how far the map keeps each face's nearest five, from 0 to 1.",
    "A map of thumbnails holds copies of faces: share it only where the data set may be shared.",
  ],
};

export const command: CommandModule = {
  page,
  async run([run, first, rest], given, terminal) {
    const { checkPictureName, mapRun, writePicture } = await loadLab();
    const { data, overrides } = dataAndOverrides("map", "<run> [data]", first, rest, given.data);
    const {
      out = "map.svg",
      json: _json,
      quiet: _quiet,
      color: _color,
      data: _data,
      ...options
    } = given as MapRunOptions & Record<string, unknown>;
    checkPictureName("map", "--out", out as string);
    if (isEmbeddingsName(run as string))
      return mapArray(run as string, out as string, { ...options, data: data ?? overrides[0] }, terminal);
    const mapped = await mapRun(run as string, { ...options, overrides, ...(data !== undefined && { data }) }, terminal.live);
    await writePicture(out as string, mapped.svg);
    terminal.endLive();
    const { dataset, perplexity, seed, projection, trustworthiness: trust } = mapped;
    const faces = `${dataset.n.toLocaleString("en-US")} faces of ${dataset.split === "all" ? "" : `the split ${dataset.split} of `}${dataset.name}`;
    const quality = `KL divergence ${projection.divergence.toFixed(3)} nats, trustworthiness ${trust.toFixed(3)}`;
    terminal.print(`${faces} by t-SNE (perplexity ${Number(perplexity.toFixed(1))}): ${quality}`);
    terminal.print(`map: ${out as string}${options.thumbnails ? " (holds copies of faces)" : ""}`);
    terminal.result({ run, dataset, perplexity, seed, divergence: projection.divergence, trustworthiness: trust, file: out });
    return 0;
  },
};

/** The map of a file of embeddings. */
async function mapArray(file: string, out: string, options: Readonly<Record<string, unknown>>, terminal: Terminal): Promise<number> {
  const [{ readEmbeddings }, { refuseRunOptions }, { mapEmbeddings, writePicture }] = await Promise.all([
    import("@semblant/files"),
    import("./map-array.ts"),
    loadLab(),
  ]);
  refuseRunOptions(file, options);
  const asked = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const {
    embeddings,
    projection,
    perplexity,
    trustworthiness: trust,
    svg,
  } = await mapEmbeddings(await readEmbeddings(file), asked, terminal.live);
  await writePicture(out, svg);
  terminal.endLive();
  const { rows, columns } = embeddings;
  const quality = `KL divergence ${projection.divergence.toFixed(3)} nats, trustworthiness ${trust.toFixed(3)}`;
  terminal.print(
    `${rows.toLocaleString("en-US")} rows of ${columns} numbers by t-SNE (perplexity ${Number(perplexity.toFixed(1))}): ${quality}`,
  );
  terminal.print(`map: ${out}`);
  terminal.result({ embeddings: file, rows, columns, perplexity, divergence: projection.divergence, trustworthiness: trust, file: out });
  return 0;
}
