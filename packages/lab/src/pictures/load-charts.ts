import { EngineError } from "@semblant/core";

/**
 * Vega and Vega-Lite, which draw charts and are installed by those who want some: photos need none.
 *
 * @throws EngineError where they are not installed
 */
export async function loadCharts(): Promise<typeof import("vega") & Pick<typeof import("vega-lite"), "compile">> {
  try {
    const [vega, { compile }] = await Promise.all([import("vega"), import("vega-lite")]);
    return { ...vega, compile };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new EngineError(
      "charts: expected vega and vega-lite, which draw them, but they are not installed.\n" +
        "  Install them beside semblant: npm install vega vega-lite",
    );
  }
}
