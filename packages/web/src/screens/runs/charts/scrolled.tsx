import type { ReactNode } from "react";

interface ScrolledProps {
  /** What is in it, aloud. */
  readonly label: string;
  /** As high as what is in it. */
  readonly high?: boolean;
  readonly children: ReactNode;
}

/** What may be wider or higher than its place: the arrows scroll it. */
export function Scrolled({ label, high = false, children }: ScrolledProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section className={high ? "runs-scroll high" : "runs-scroll"} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
