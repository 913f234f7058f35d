import { type Field, fields, graphField, textOf } from "./onnx-parts.ts";
import { headOf, joined, texted, withFields } from "./onnx-write.ts";

// Numbers of fields in onnx.proto.
const nodeField = 1;
const inputField = 1;
const outputField = 2;
const operatorField = 4;
const initializerField = 5;
const initializerNameField = 8;

/**
 * Whether a network computes in eight bits: its values are quantised between its layers. What is no ONNX file does not.
 *
 * @example
 * computesInEightBits(Uint8Array.of(8, 8)); // false
 */
export function computesInEightBits(model: Uint8Array): boolean {
  try {
    return nodesOf(model).some(({ operator }) => operator === "QuantizeLinear");
  } catch {
    return false; // the runtime says what is wrong with it
  }
}

/**
 * The same network without quantising between its layers: it computes in floats, with the weights that it has. For processors where
 * eight bits gain nothing, as those of graphics are.
 *
 * @throws DataError if it is no ONNX file, or is cut short
 */
export function inFloats(model: Uint8Array): Uint8Array {
  const nodes = nodesOf(model);
  const made = new Map(nodes.map((node) => [node.output, node]));
  const quantized = new Map(nodes.filter(({ operator }) => operator === "QuantizeLinear").map((node) => [node.output, node]));
  /** The values that are made floats again by the scale and zero that they were quantised with. */
  const back = new Map(
    nodes.flatMap((node) => {
      const source = node.operator === "DequantizeLinear" ? quantized.get(node.inputs[0] as string) : undefined;
      return source !== undefined && sameScale(node, source) ? [[node.output, source.inputs[0] as string] as const] : [];
    }),
  );
  const needed = new Set(nodes.filter(({ output }) => !back.has(output)).flatMap(({ inputs }) => inputs));
  const rewritten = new Map<number, Uint8Array>();
  for (const { from, operator, output } of nodes) {
    const source = back.get(output);
    if (source !== undefined) rewritten.set(from, passing(source, output));
    else if (operator === "QuantizeLinear" && !needed.has(output)) rewritten.set(from, new Uint8Array());
  }
  const kept = new Set(nodes.filter(({ from }) => !rewritten.has(from)).flatMap(({ inputs }) => inputs));
  const scales = new Set([...back.keys()].flatMap((output) => made.get(output)?.inputs.slice(1) ?? []).filter((name) => !kept.has(name)));
  return withFields(model, ({ field, bytes }) => {
    if (field !== graphField || bytes === undefined) return undefined;
    const graph = withFields(bytes, (inner) => rewritten.get(inner.from) ?? (isScale(inner, scales) ? new Uint8Array() : undefined));
    return joined([Uint8Array.from(headOf(graphField, graph.length)), graph]);
  });
}

/** One operation of a network. */
interface Node {
  /** Where it begins in the network's bytes. */
  readonly from: number;
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
}

function nodesOf(model: Uint8Array): Node[] {
  const graph = fields(model).find(({ field }) => field === graphField)?.bytes ?? new Uint8Array();
  return fields(graph).flatMap(({ field, bytes, from }) => {
    if (field !== nodeField || bytes === undefined) return [];
    const parts = fields(bytes);
    const texts = (number: number) => parts.filter((part) => part.field === number).map((part) => textOf(part.bytes as Uint8Array));
    return [{ from, operator: texts(operatorField)[0] ?? "", inputs: texts(inputField), output: texts(outputField)[0] ?? "" }];
  });
}

const sameScale = (a: Node, b: Node) => a.inputs[1] === b.inputs[1] && a.inputs[2] === b.inputs[2];

/** Whether a field of a network is one of these numbers that it holds. */
function isScale({ field, bytes }: Field, names: ReadonlySet<string>): boolean {
  if (field !== initializerField || bytes === undefined) return false;
  const name = fields(bytes).find((part) => part.field === initializerNameField)?.bytes;
  return name !== undefined && names.has(textOf(name));
}

/** An operation that passes a value on as it is, as a field of a network. */
function passing(input: string, output: string): Uint8Array {
  const node = [...texted(inputField, input), ...texted(outputField, output), ...texted(operatorField, "Identity")];
  return Uint8Array.from([...headOf(nodeField, node.length), ...node]);
}
