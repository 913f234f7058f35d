/** Runs the examples of docstrings and pages: an expression followed by a comment that shows a value must have that value. */

import { inspect } from "node:util";
import ts from "typescript";

/** The code of each `@example` in a source file, with the line it starts on. */
export function docstringExamples(source: string): { line: number; code: string }[] {
  const found: { line: number; code: string }[] = [];
  for (const comment of source.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    const text = comment[0].replace(/^\s*\*\/$/m, "").replace(/\*\/$/, "");
    const parts = text.split(/^\s*\* @example/m).slice(1);
    for (const part of parts) {
      const lines = part.split("\n").map((line) => line.replace(/^\s*\* ?/, ""));
      const end = lines.findIndex((line) => /^@\w/.test(line));
      const code = lines
        .slice(1, end === -1 ? undefined : end)
        .join("\n")
        .replace(/^```\w*$/gm, "");
      found.push({ line: source.slice(0, comment.index).split("\n").length, code });
    }
  }
  return found;
}

/** Runs a piece of code with the given names in scope; returns how many values were compared. */
export async function runExample(code: string, scope: Record<string, unknown>): Promise<number> {
  let checks = 0;
  const check = async (run: () => unknown, expected: string) => {
    checks++;
    if (expected.startsWith("throws ")) {
      const error = await Promise.resolve()
        .then(run)
        .then(
          () => undefined,
          (thrown: unknown) => thrown as Error,
        );
      const said = error === undefined ? "nothing was thrown" : `${error.name}: ${error.message}`;
      if (!said.startsWith(expected.slice(7).trim())) throw new Error(`expected it to throw ${expected.slice(7)}, but ${said}`);
      return;
    }
    const value = await run();
    if (!looksLike(value, expected))
      throw new Error(`expected ${expected}, but got ${inspect(value, { depth: 4, breakLength: Infinity })}`);
  };
  const names = Object.keys(scope).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== "default" && !declares(code, name));
  const body = ts.transpile(instrument(code), { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext });
  const AsyncFunction = (async () => {}).constructor as new (...args: string[]) => (...values: unknown[]) => Promise<void>;
  await new AsyncFunction("__check", "console", ...names, body)(
    check,
    { log: () => {}, error: () => {}, table: () => {} },
    ...names.map((name) => scope[name]),
  );
  return checks;
}

/** Wraps every expression that a comment gives a value to; drops imports, whose names are in scope already. */
function instrument(code: string): string {
  const file = ts.createSourceFile("example.ts", code, ts.ScriptTarget.ES2022, true);
  let out = "";
  file.statements.forEach((statement, i) => {
    const next = file.statements[i + 1]?.getStart() ?? code.length;
    const remark = code
      .slice(statement.end, next)
      .match(/^\s*\/\/\s*(.+)/)?.[1]
      ?.trim();
    if (ts.isImportDeclaration(statement)) return;
    if (ts.isExpressionStatement(statement) && remark !== undefined && isValue(remark)) {
      const expected = JSON.stringify(remark);
      out += `await __check(async () => (${statement.expression.getText()}), ${expected});\n`;
    } else {
      out += `${statement.getText()}\n`;
    }
  });
  return out;
}

function declares(code: string, name: string): boolean {
  return new RegExp(`\\b(const|let|function|class)\\s+(\\{[^}]*\\b)?${name}\\b`).test(code);
}

/** Whether a remark shows a value (and is not prose): a literal, a list, an object, a typed array, or `throws …`. */
export function isValue(remark: string): boolean {
  return /^(throws [A-Z]|["'[{]|-?\d|-?\.\d|(true|false|null|undefined|NaN|-?Infinity)\b|\w*Array(\(\d+\))? ?\[)/.test(remark);
}

/** Equal as shown: numbers to the digits written, everything else as `inspect` prints it, `…` standing for the rest. */
export function looksLike(value: unknown, expected: string): boolean {
  const number = expected.match(/^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?(?=$|[\s,;(])/i)?.[0];
  if (typeof value === "number" && number !== undefined) {
    const digits = number.includes("e") ? undefined : (number.split(".")[1]?.length ?? 0);
    return digits === undefined
      ? Math.abs(value - Number(number)) <= Math.abs(value) * 1e-6
      : Math.abs(value - Number(number)) <= 0.5000001 * 10 ** -digits;
  }
  const plain = (text: string) =>
    text
      .replace(/\s+/g, "")
      .replace(/'/g, '"')
      .replace(/Array\(\d+\)/g, "Array")
      .replace(/,(?=[\]}])/g, "");
  const shown = plain(inspect(value, { depth: 6, breakLength: Infinity, maxArrayLength: 50 }));
  const wanted = plain(expected);
  const [head, ...rest] = wanted.split("…");
  return rest.length > 0 ? shown.startsWith(head as string) : shown === wanted;
}
