import { readEmbeddings } from "@semblant/files";
import { isEmbeddingsName } from "@semblant/files/internals";
import type { DrawMapOptions } from "@semblant/lab";
import { dataAndOverrides } from "../flags/data-words.ts";
import { refuseRunOptions } from "../flags/refused-flags.ts";
import { loadLab } from "../lab/load-lab.ts";
import { page } from "../pages/map.ts";
import { commandOf } from "../terminal/command.ts";
import { onlyGiven } from "../terminal/given.ts";
import type { Terminal } from "../terminal/terminal.ts";

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
