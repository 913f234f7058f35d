import { OptionError } from "@semblant/core";
import { loadLab } from "../lab/load-lab.ts";
import { page } from "../pages/export.ts";
import { commandOf } from "../terminal/command.ts";

export const command = commandOf(page, async ([run], { out, ...options }, terminal) => {
  const { exportRun } = await loadLab();
  if (out === undefined) throw new OptionError('export: expected --out and a file, like "--out model.onnx".');
  const { path, bytes, card, parity } = await exportRun(run, { ...options, out }, terminal.live);
  terminal.endLive();
  const [measured] = card.measured;
  const accuracy = measured?.metrics.accuracy;
  const cosine = options.compute === "int8" ? `, with a mean cosine of ${parity.cosine.toFixed(4)}` : "";
  terminal.print(
    `${path}: ${(bytes / 1e6).toFixed(2)} MB, opset 17\n` +
      `off the network by ${parity.difference.toPrecision(2)} at most, of coordinates up ` +
      `to ${parity.greatest.toPrecision(3)}${cosine} (${parity.faces} faces)\n` +
      `names ${accuracy?.value.toFixed(1)} % (${accuracy?.low.toFixed(1)}–${accuracy?.high.toFixed(1)}) ` +
      `of ${measured?.n.toLocaleString("en-US")} test faces rightly\n` +
      `To read its card:  semblant model card ${path}`,
  );
  terminal.result({ path, bytes, parity, card });
  return 0;
});
