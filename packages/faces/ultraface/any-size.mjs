// UltraFace's ONNX file for pictures of any size: as it comes it takes 320 × 240 pixels, and has the places that its answers are told from
// (priors) for that size written into it. Here it ends before those; detect/ultraface.ts tells the places itself.
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { TensorShapeProto_DimensionSchema as DimensionSchema, ModelProtoSchema } from "onnx-buf";

/**
 * @param {Uint8Array} file with input `input` (1, 3, 240, 320) and outputs `scores` (1, places, 2) and `boxes` (1, places, 4)
 * @returns {Uint8Array} with input `input` (1, 3, height, width) and outputs `scores` and `offsets` (1, places, 4) from the priors
 * @throws {Error} if it is no such network
 */
export function withoutPriors(file) {
  const model = fromBinary(ModelProtoSchema, file);
  const { graph } = model;
  const makerOf = new Map(graph.node.flatMap((node) => node.output.map((output) => [output, node])));

  // From the boxes back to the four levels' regressions side by side: the last join of four before the arithmetic begins.
  const joins = graph.node.filter(({ opType, input }) => opType === "Concat" && input.length === 4);
  const classes = makerOf.get(makerOf.get("scores")?.input[0] ?? "");
  const offsets = joins.find((join) => join !== classes);
  if (joins.length !== 2 || classes === undefined || !joins.includes(classes))
    throw new Error("ultraface: expected two joins of four levels.");

  const wanted = new Set();
  const need = (name) => {
    const node = makerOf.get(name);
    if (node === undefined || wanted.has(node)) return;
    wanted.add(node);
    for (const input of node.input) need(input);
  };
  need("scores");
  need(offsets.output[0]);
  graph.node = graph.node.filter((node) => wanted.has(node));
  offsets.output[0] = "offsets";
  const used = new Set(graph.node.flatMap(({ input }) => input));
  graph.initializer = graph.initializer.filter(({ name }) => used.has(name));
  graph.valueInfo = [];

  const named = (dimParam) => create(DimensionSchema, { value: { case: "dimParam", value: dimParam } });
  const dimensionsOf = (info) => info.type.value.value.shape.dim;
  graph.input = graph.input.filter(({ name }) => name === "input");
  dimensionsOf(graph.input[0]).splice(2, 2, named("height"), named("width"));
  const [scores, boxes] = ["scores", "boxes"].map((name) => graph.output.find((output) => output.name === name));
  boxes.name = "offsets";
  for (const output of [scores, boxes]) dimensionsOf(output)[1] = named("places");
  graph.output = [scores, boxes];
  return toBinary(ModelProtoSchema, model);
}
