import type { Embeddings } from "@semblant/core";
import { ByteWriter, parquetWrite } from "hyparquet-writer";
import { rowFacts } from "./tsv.ts";

/**
 * One row an image: `id`, `label`, `class`, `person`, `sequence`, `votes_…` as far as known, and `embedding`, a list of 32-bit floats.
 * DuckDB, pandas and Polars read it as it is.
 */
export function parquet(X: Embeddings): Uint8Array {
  const facts = Object.entries(rowFacts(X)).map(([name, values]) => ({
    name,
    data: Array.from<string | number>(values),
    ...typeOf(values[0]),
  }));
  const embedding = { name: "embedding", data: Array.from({ length: X.rows }, (_, i) => Array.from(X.row(i))) };
  const writer = new ByteWriter();
  parquetWrite({
    writer,
    columnData: [...facts.map(({ name, data }) => ({ name, data })), embedding],
    schema: [
      { name: "root", num_children: facts.length + 1 },
      ...facts.map(({ name, schema }) => ({ name, repetition_type: "REQUIRED" as const, ...schema(name) })),
      { name: "embedding", repetition_type: "REQUIRED", converted_type: "LIST", num_children: 1 },
      { name: "list", repetition_type: "REPEATED", num_children: 1 },
      { name: "element", repetition_type: "REQUIRED", type: "FLOAT" },
    ],
    createdBy: "semblant",
  });
  return new Uint8Array(writer.getBuffer());
}

function typeOf(first: string | number | undefined) {
  if (typeof first !== "number") return { schema: () => ({ type: "BYTE_ARRAY", converted_type: "UTF8" }) as const };
  return { schema: (name: string) => ({ type: name === "label" ? "INT32" : "FLOAT" }) as const };
}
