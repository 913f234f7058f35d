import { type Markish, type PlotOptions, plot } from "@observablehq/plot";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useWords } from "../../../strings/language.ts";
import { Scrolled } from "./scrolled.tsx";

export interface ChartProps {
  readonly title: string;
  /** How to read it, in a sentence or two. */
  readonly note: string;
  /** All that it shows, for who does not see it. */
  readonly label: string;
  readonly marks: readonly Markish[];
  readonly options?: PlotOptions;
  readonly height?: number;
  /** The same as rows of numbers. */
  readonly table: ReactNode;
}

/** A chart by Observable Plot, as wide as its place, with a table that says the same. */
export function Chart({ title, note, label, marks, options, height = 250, table }: ChartProps) {
  const { runs } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  useEffect(() => {
    if (width === 0) return;
    const drawn = plot({
      marks: [...marks],
      width,
      height,
      marginLeft: 46,
      marginTop: 28,
      marginBottom: 38,
      className: "chart-plot",
      ...options,
    });
    // Styles within a drawing are refused by the page's rules; runs.css has them.
    for (const style of drawn.querySelectorAll("style")) style.remove();
    drawn.setAttribute("aria-hidden", "true");
    place.current?.replaceChildren(drawn);
  }, [marks, options, width, height]);
  return (
    <figure className="card runs-chart">
      <figcaption>
        <h3>{title}</h3>
        <p className="soft">{note}</p>
      </figcaption>
      <div role="img" aria-label={label}>
        <div ref={place} style={{ minBlockSize: height }} />
      </div>
      <details className="runs-table">
        <summary>{runs.table}</summary>
        <Scrolled label={title}>{table}</Scrolled>
      </details>
    </figure>
  );
}

function useWidth(of: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = of.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [of]);
  return width;
}
