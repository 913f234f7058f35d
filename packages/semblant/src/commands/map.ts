import { readEmbeddings } from "@semblant/files";
import { isEmbeddingsName } from "@semblant/files/internals";
import type { DrawMapOptions } from "@semblant/lab";
import { dataAndOverrides, dataFlag } from "../flags/data-words.ts";
import { refuseRunOptions } from "../flags/refused-flags.ts";
import { threadsFlag } from "../flags/threads-flag.ts";
import { weightsFlag } from "../flags/weights-flag.ts";
import { loadLab } from "../lab/load-lab.ts";
import { commandOf } from "../terminal/command.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { onlyGiven } from "../terminal/given.ts";
import { numberAbove, numberFrom, oneOf, seedNumber, wholeNumber } from "../terminal/parse.ts";
import type { Terminal } from "../terminal/terminal.ts";

const splitNames = ["train", "validation", "test"] as const;

export const page = {
  name: "map",
  group: "training",
  place: 8,
  usage: "<run|model|embeddings> [data] [options] [name=value ...]",
  sentence: "Draw a map by t-SNE where similar faces lie together: by a run, an exported model, or exported embeddings.",
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
    { flags: "--sample <n>", text: "most faces on the map, drawn at random", default: "all", parse: wholeNumber("sample", 4) },
    { flags: "--perplexity <n>", text: "about how many neighbours each face attends to", default: "30", parse: numberAbove("perplexity") },
    { flags: "--width <inches>", text: "in print, 2 to 20", default: "3.5, or 7 with faces", parse: numberFrom("width", 2, 20) },
    { flags: "--title <words>", text: "above the map", default: "none" },
    weightsFlag,
    { flags: "-s, --seed <n>", text: "of the sample and of t-SNE", default: "0", parse: seedNumber() },
    { ...threadsFlag, default: "libtorch's; 1 for a model" },
  ],
  notes: [
    "Embeddings are .npy, .parquet or .tsv as semblant embed or other programs write them; their classes are those of NAME.metadata.tsv.",
    "Near faces on the map are near in the run's space. Axes and the distances between far groups mean " +
      "nothing. Trustworthiness says how far the map keeps each face's nearest five, from 0 to 1.",
    "A map of thumbnails holds copies of faces: share it only where the data set may be shared.",
  ],
} as const satisfies CommandPage;

export const command = commandOf(page, async ([run, first, rest], given, terminal) => {
  const { checkPictureName, drawMap, writePicture } = await loadLab();
  const asked = dataAndOverrides("map", "<run> [data]", [first, rest], given.data);
  const { out = "map.svg", data: _data, ...options } = given;
  checkPictureName("map", "--out", out);
  if (isEmbeddingsName(run)) {
    refuseRunOptions(run, { ...options, data: asked.data ?? asked.overrides[0] });
    const { sample, perplexity, width, title, seed } = options;
    return mapArray(run, out, onlyGiven({ sample, perplexity, width, title, seed }), terminal);
  }
  const mapped = await drawMap(run, { ...options, ...asked }, terminal.live);
  await writePicture(out, mapped.svg);
  terminal.endLive();
  const { dataset, perplexity, seed, projection, trustworthiness: trust } = mapped;
  const faces =
    `${dataset.n.toLocaleString("en-US")} faces ` + `of ${dataset.split === "all" ? "" : `the split ${dataset.split} of `}${dataset.name}`;
  const quality = `KL divergence ${projection.divergence.toFixed(3)} nats, trustworthiness ${trust.toFixed(3)}`;
  terminal.print(`${faces} by t-SNE (perplexity ${Number(perplexity.toFixed(1))}): ${quality}`);
  terminal.print(`map: ${out}${options.thumbnails ? " (holds copies of faces)" : ""}`);
  terminal.result({ run, dataset, perplexity, seed, divergence: projection.divergence, trustworthiness: trust, file: out });
  return 0;
});

/** The map of a file of embeddings. */
async function mapArray(file: string, out: string, options: DrawMapOptions, terminal: Terminal): Promise<number> {
  const { drawMap, writePicture } = await loadLab();
  const mapped = await drawMap(await readEmbeddings(file), options, terminal.live);
  await writePicture(out, mapped.svg);
  terminal.endLive();
  const { embeddings, projection, perplexity, trustworthiness: trust } = mapped;
  const { rows, columns } = embeddings;
  const quality = `KL divergence ${projection.divergence.toFixed(3)} nats, trustworthiness ${trust.toFixed(3)}`;
  terminal.print(
    `${rows.toLocaleString("en-US")} rows of ${columns} numbers by t-SNE (perplexity ${Number(perplexity.toFixed(1))}): ${quality}`,
  );
  terminal.print(`map: ${out}`);
  terminal.result({ embeddings: file, rows, columns, perplexity, divergence: projection.divergence, trustworthiness: trust, file: out });
  return 0;
}
