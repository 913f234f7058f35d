import { type LossDeclaration, lossDeclarations, type NetworkDeclaration, networkDeclarations } from "@semblant/training/settings";

/** What there is to choose from: every loss or every network, by what its file declares. */
function declared(what: "losses" | "networks"): readonly (LossDeclaration | NetworkDeclaration)[] {
  return [...(what === "losses" ? lossDeclarations : networkDeclarations).values()];
}

/**
 * Every loss or every network for a terminal: its name, its title and source, then its options with their defaults and ranges.
 *
 * @example
 * formatDeclared("losses").includes("arcface: ArcFace (Deng, Guo, Xue and Zafeiriou 2019, eq. 3)"); // true
 */
export function formatDeclared(what: "losses" | "networks"): string {
  const section = what === "losses" ? "loss" : "network";
  return declared(what)
    .flatMap(({ name, title, source, options }) => [
      `${name}: ${title} (${source})`,
      ...Object.entries(options).map(([option, { rule, default: value, help }]) => {
        const otherwise = value === null ? "" : ` (${value})`; // a default that is the loss's own stands in the help
        return `    ${section}.${option}: ${help.replace(/\.$/, "")}${otherwise}: ${rule.range?.expected ?? rule.expected}.`;
      }),
    ])
    .join("\n");
}

/** The same as JSON can hold it. */
export function declaredAsJson(what: "losses" | "networks"): readonly object[] {
  return declared(what).map(({ name, title, source, options }) => ({
    name,
    title,
    source,
    options: Object.fromEntries(
      Object.entries(options).map(([option, { rule, default: value, help }]) => [
        option,
        { default: value, expected: rule.range?.expected ?? rule.expected, help },
      ]),
    ),
  }));
}
