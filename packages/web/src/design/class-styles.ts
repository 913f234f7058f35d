import { type ClassStyle, classStyles, expressionStyles } from "@semblant/answers/internals";

export { type ClassStyle, classStyles };

/** The colour of one of the eight styles, in both colour schemes. */
const schemes = ({ color, dark }: ClassStyle) => `light-dark(${color}, ${dark})`;

/** Gives the page the eight colours as --class-0 to --class-7, from the one place where they stand. */
export function paintClasses(root: HTMLElement): void {
  for (const [i, style] of Object.values(expressionStyles).entries()) root.style.setProperty(`--class-${i}`, schemes(style));
}

/** A class's colour as CSS has it, and its shape. */
export function styleOf(name: string, classes: readonly string[]): { readonly color: string; readonly shape: ClassStyle["shape"] } {
  const styles = classStyles(classes);
  const style = styles[classes.indexOf(name)] ?? (classStyles([name])[0] as ClassStyle);
  return { color: schemes(style), shape: style.shape };
}
