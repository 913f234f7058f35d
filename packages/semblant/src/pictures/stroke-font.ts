export async function hasFonts(): Promise<boolean> {
  return true;
}
export function wordsAsStrokes(svg: string): string {
  return svg;
}
