/** Reads docstrings out of sources, for the pages of the reference. */

import { readFileSync } from "node:fs";
import ts from "typescript";

export interface Docstring {
  /** The function, constant, interface or member that it stands before. */
  readonly name: string;
  /** Its first sentence or paragraph. */
  readonly summary: string;
  /** All of it up to the first tag, as Markdown: lines that are indented are equations, and stand in blocks of their own. */
  readonly text: string;
  /** What follows each tag: `param options` → its words. */
  readonly tags: readonly (readonly [tag: string, text: string])[];
  /** Of an interface: its members. */
  readonly members: readonly Member[];
}

/** A member of an interface. */
export interface Member {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** The docstrings of what a source exports, by name. */
export function docstringsOf(path: string): ReadonlyMap<string, Docstring> {
  const source = readFileSync(path, "utf8");
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.ES2023, true);
  const found = new Map<string, Docstring>();
  for (const statement of file.statements) {
    const exported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    const name = nameOf(statement);
    if (exported !== true || name === undefined || found.has(name)) continue;
    const members = ts.isInterfaceDeclaration(statement) ? statement.members.filter(ts.isPropertySignature) : [];
    found.set(name, { name, ...parsed(commentBefore(statement, source)), members: members.map((member) => memberOf(member, source)) });
  }
  return found;
}

function nameOf(statement: ts.Statement): string | undefined {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0]?.name.getText();
  if (ts.isFunctionDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement)) {
    return statement.name?.text;
  }
  return undefined;
}

function memberOf(member: ts.PropertySignature, source: string): Member {
  const { text } = parsed(commentBefore(member, source));
  return { name: member.name.getText(), type: member.type?.getText() ?? "", text };
}

/** The text of the last docstring before a node, without its stars. */
function commentBefore(node: ts.Node, source: string): string {
  const ranges = ts.getLeadingCommentRanges(source, node.getFullStart()) ?? [];
  const last = ranges.map(({ pos, end }) => source.slice(pos, end)).findLast((comment) => comment.startsWith("/**"));
  if (last === undefined) return "";
  const lines = last.slice(3, -2).split("\n");
  return lines
    .map((line, i) => (i === 0 ? line.trim() : line.replace(/^\s*\* ?/, "")))
    .join("\n")
    .trim();
}

function parsed(comment: string): Pick<Docstring, "summary" | "text" | "tags"> {
  const [body = "", ...rest] = comment.split(/^@(?=\w)/m);
  const text = asMarkdown(body.trim());
  const tags = rest.map((part) => {
    const [, tag = "", words = ""] = /^(param \w+|\w+)\s*([\s\S]*)$/.exec(part.trim()) ?? [];
    return [tag, plainLinks(words.trim().replace(/\s*\n\s*/g, " "))] as const;
  });
  return { summary: text.split("\n\n")[0] ?? "", text, tags };
}

/** Paragraphs in one line each, lists kept, equations in blocks. */
function asMarkdown(body: string): string {
  const paragraphs = plainLinks(body).split(/\n\s*\n/);
  return paragraphs
    .flatMap((paragraph) => {
      if (/^ {2,}\S/.test(paragraph)) return [`\`\`\`text\n${paragraph.replace(/^ +/gm, "")}\n\`\`\``];
      if (/^- /m.test(paragraph)) return [paragraph.replace(/\n(?!- )\s*/g, " ").replace(/^(?!- )(.+)\n(?=- )/, "$1\n\n")];
      return [paragraph.replace(/\s*\n\s*/g, " ")];
    })
    .join("\n\n");
}

const plainLinks = (text: string): string => text.replace(/\{@link ([^}]+)\}/g, (_, name: string) => `\`${name}\``);

/** The equations of a docstring: what stands in its blocks. */
export function equationsOf({ text }: Docstring): string[] {
  return [...text.matchAll(/```text\n([\s\S]*?)\n```/g)].map(([, equation]) => equation as string);
}

/** The words of a tag, such as `throws`; undefined where it has none. */
export function tagOf({ tags }: Docstring, name: string): string | undefined {
  return tags.find(([tag]) => tag === name)?.[1];
}
