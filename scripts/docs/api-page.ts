import { createApi } from "../../packages/api/src/create-api.ts";
import { memoryShelf } from "../../packages/api/src/fixtures/memory-shelf.ts";
import { type ReferencePage, sentence, table } from "./page.ts";

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

interface Operation {
  readonly summary: string;
  readonly tags: readonly string[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Every address of the app's API, as its description says it, and what the questions take. */
export async function apiPage(): Promise<ReferencePage> {
  const response = await createApi(memoryShelf())(new Request("http://localhost/api/openapi.json"));
  const { paths, components } = (await response.json()) as Description;
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ request: `${method.toUpperCase()} ${path}`, path, operation })),
  );
  const tags = [...new Set(all.flatMap(({ operation }) => operation.tags))];
  const text = [
    "`semblant app` answers other programs too. Its page uses the same addresses.",
    "`GET /api/openapi.json` describes them for tools that make clients. This page is made of that description.",
    "Each request carries the token of the address that `semblant app` prints.",
    "```sh\n# as JSON: faces that look happy, the best first\n" +
      `curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\\n` +
      `  -d '{"words": "happy, mouth open", "k": 3}' http://127.0.0.1:PORT/api/search\n\`\`\``,
    "Ids are numbers. Times are milliseconds since 1970. What an address does not know is refused, by name.",
    'A refusal is `{"error": {"kind", "message", "hint"}}`, in the words of the command.',
    "Its status is 400 for a wrong request, 404 for what is not there, and 409 where the library has no answer.",
    "It is 413 for too much, 423 for a library in use, and 507 for a full disk.",
    ...tags.map((tag) => {
      const own = all.filter(({ operation }) => operation.tags.includes(tag));
      const rows = own.map(({ request, operation }) => [`\`${request}\``, sentence(operation.summary)]);
      const bodies = own.flatMap(({ path, operation }) => bodyOf(path, operation, components.schemas));
      return [`## ${sectionOf(tag)}`, table(["request", "what for"], rows), ...bodies].join("\n\n");
    }),
    "## A filter",
    "A question takes it as `filter`. `GET /api/faces` takes its names in the address.",
    table(["name", "is", "meaning"], fieldsOf(components.schemas.FaceFilter as Schema, components.schemas)),
  ].join("\n\n");
  return { name: "api", title: "The app's API", text };
}

const sectionOf = (tag: string) => `${tag.slice(0, 1).toUpperCase()}${tag.slice(1)}`;

/** What a request takes, where it is one object of JSON. */
function bodyOf(path: string, { requestBody }: Operation, schemas: Description["components"]["schemas"]): string[] {
  const schema = resolved(requestBody?.content["application/json"]?.schema, schemas);
  if (schema?.properties === undefined) return [];
  return [`\`${path}\` takes:`, table(["name", "is", "meaning"], fieldsOf(schema, schemas))];
}

function fieldsOf({ properties = {}, required = [] }: Schema, schemas: Description["components"]["schemas"]): string[][] {
  return Object.entries(properties).map(([name, schema]) => {
    const meaning = schema.description ?? resolved(schema, schemas)?.description ?? "";
    return [`\`${name}\``, `${required.includes(name) ? "needed: " : ""}${kindOf(schema)}`, meaning === "" ? "" : sentence(meaning)];
  });
}

function kindOf({ $ref, type, items, enum: names, minimum, maximum, oneOf, anyOf }: Schema): string {
  if ($ref?.endsWith("/FaceFilter")) return "a filter";
  if ($ref !== undefined) return `\`${$ref.split("/").at(-1)}\``;
  if (names !== undefined) return names.map((name) => `\`${name}\``).join(", ");
  const parts = oneOf ?? anyOf;
  if (parts !== undefined) return [...new Set(parts.map(kindOf))].join(" or ");
  const range = minimum === undefined || maximum === undefined ? "" : ` from ${minimum} to ${maximum}`;
  if (type === "array")
    return `list of ${kindOf(items ?? {})
      .replace(/^text$/, "texts")
      .replace(/^(whole )?number( .*)?$/, "numbers")}`;
  return (
    { integer: `whole number${range}`, number: `number${range}`, string: "text", boolean: "true or false", object: "object" }[type ?? ""] ??
    "any JSON"
  );
}

function resolved(schema: Schema | undefined, schemas: Description["components"]["schemas"]): Schema | undefined {
  return schema?.$ref === undefined ? schema : schemas[schema.$ref.split("/").at(-1) as string];
}
