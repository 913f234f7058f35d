import { flipFlag } from "../flags/flip-flag.ts";
import { threadsFlag } from "../flags/threads-flag.ts";
import { weightsFlag } from "../flags/weights-flag.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { oneOf, seedNumber, wholeNumber } from "../terminal/parse.ts";

export const page = {
  name: "evaluate",
  group: "training",
  place: 4,
  usage: "<run|model> [options] [data.name=value ...]",
  sentence:
    "Measure a run or an exported model on faces it has not seen: classification, clustering, retrieval " +
    "and calibration, with 95 % intervals.",
  examples: [
    ["semblant evaluate runs/1 --report first.html", "charts and pictures"],
    ["semblant evaluate runs/1 --compare runs/2", "more than luck?"],
    ["semblant evaluate best --data jaffe/", "a model that ships, a set whole"],
  ],
  arguments: ["<run>", "[settings...]"],
  options: [
    { flags: "-c, --compare <run>", text: "test another run or model on the same faces, paired" },
    { flags: "--report <file.html>", writes: "file", text: "write one self-contained HTML file, which holds copies of faces" },
    { flags: "-d, --data <path>", text: "other faces, of classes that the run knows", default: "the run's own" },
    { flags: "--gallery <path>", text: "where the training faces that vote are", default: "the run's own" },
    {
      flags: "--split <name>",
      text: "test, validation, or all of other data",
      default: "test; all where a set has no splits",
      parse: oneOf("split", ["test", "validation", "all"]),
    },
    { flags: "-k, --neighbors <n>", text: "training faces that vote", default: "11", parse: wholeNumber("neighbors", 1) },
    {
      flags: "--leave-out <what>",
      text: "sequence, person or nothing: faces that share it are never each other's neighbours",
      default: "sequence",
      parse: oneOf("leave-out", ["sequence", "person", "nothing"]),
    },
    {
      flags: "--nearest <n>",
      text: "in --json, the n nearest of each face: ids, labels, distances",
      parse: wholeNumber("nearest", 1, 1000),
    },
    flipFlag,
    weightsFlag,
    {
      flags: "--bootstrap <n>",
      text: "draws behind each interval, 0 for none",
      default: "1000",
      parse: wholeNumber("bootstrap", 0, 1_000_000),
    },
    { flags: "-s, --seed <n>", text: "of the draws and of k-means", default: "0", parse: seedNumber() },
    threadsFlag,
  ],
  notes: [
    "Where a run's own faces were moved, --data says where they are now. A run of an earlier version " +
      "needs --gallery with the same place, too.",
    "A model is best, small or posed (those that ship) or a file of semblant export or adapt. It is measured on --data, " +
      "without libtorch, and by the Gaussians that it carries, too. Where the data has no training faces, " +
      "each face is asked of all others.",
    "A table that says which faces are queries (is_query) and which their gallery (is_gallery), as " +
      "open-metric-learning has it, is measured so: queries look in the gallery.",
    "Other data may have fewer classes: labels are matched by name, and averages are over the classes that it has.",
    "Settings say how other data is read, as for train: data.crop=whole, data.neutral=subject, data.contempt=false ...",
    "A twin is a test face that is also in the training data, pixel for pixel. Twins are counted, and " +
      "everything is measured with and without them.",
  ],
} as const satisfies CommandPage;
