import { type RefObject, useLayoutEffect, useState } from "react";

/** How wide an element is, in whole pixels; 0 until it is known. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const one = element.current;
    if (one === null) return;
    setWidth(Math.floor(one.getBoundingClientRect().width));
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(one);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
