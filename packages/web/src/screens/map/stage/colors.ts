/** What colours mean here and now: custom properties and `light-dark` are known only where they are used. */
export class Colors {
  readonly #probe = document.createElement("span");
  readonly #context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  readonly #known = new Map<string, string>();

  constructor(root: HTMLElement) {
    this.#probe.hidden = true;
    this.#probe.style.setProperty("forced-color-adjust", "none"); // or all of them would be the system's one colour of text
    root.append(this.#probe);
  }

  /** Any colour of CSS as #rrggbb. */
  readonly of = (css: string): string => {
    const there = this.#known.get(css);
    if (there !== undefined) return there;
    this.#probe.style.color = css;
    const hex = hexOf(this.#context, getComputedStyle(this.#probe).color);
    this.#known.set(css, hex);
    return hex;
  };

  /** As a number, 0xRRGGBB. */
  numberOf(css: string): number {
    return Number.parseInt(this.of(css).slice(1), 16);
  }

  /** Forgets all of them, and calls, when the page turns light or dark. @returns stops */
  onScheme(call: () => void): () => void {
    const changed = () => {
      this.#known.clear();
      call();
    };
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const watched = new MutationObserver(changed);
    watched.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    dark.addEventListener("change", changed);
    return () => {
      watched.disconnect();
      dark.removeEventListener("change", changed);
      this.#probe.remove();
    };
  }
}

/** A canvas knows all ways to write a colour. */
function hexOf(context: CanvasRenderingContext2D | null, color: string): string {
  if (context === null) return "#808080";
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data;
  return `#${[r, g, b].map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
