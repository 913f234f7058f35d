import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { Audit } from "../../../client/shapes.ts";
import { CheckIcon } from "../../../design/icons/signs.tsx";
import { FaceThumb } from "../../../design/thumbs.tsx";
import { useWords } from "../../../strings/language.ts";
import { type Decision, meaningOf } from "./decision.ts";

export interface DoubtfulListProps {
  readonly audit: Audit;
  readonly decided: ReadonlyMap<number, Decision>;
  readonly shown: number | undefined;
  readonly onSelect: (face: number) => void;
}

const height = 64;

/** All doubtful labels, of which only those in sight are there. */
export function DoubtfulList({ audit, decided, shown, onSelect }: DoubtfulListProps) {
  const { labels, look } = useWords();
  const list = audit.doubtful;
  const place = useRef<HTMLElement>(null);
  const rows = useVirtualizer({
    count: list.length,
    getScrollElement: () => place.current,
    estimateSize: () => height,
    overscan: 6,
    useFlushSync: false,
  });
  const at = list.findIndex(({ face }) => face === shown);
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at, { align: "auto" });
  }, [rows, at]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <nav ref={place} className="doubtful-list" aria-label={labels.list} tabIndex={0}>
      <ol style={{ blockSize: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const one = list[index] as (typeof list)[number];
          const isDecided = decided.has(one.face);
          return (
            <li key={one.face} style={{ transform: `translateY(${start}px)`, blockSize: height }}>
              <button
                type="button"
                tabIndex={index === Math.max(0, at) ? 0 : -1}
                onClick={() => onSelect(one.face)}
                {...(index === at && { "aria-current": "true" as const })}
              >
                <FaceThumb face={one.face} alt="" />
                <span className="doubtful-entry">
                  <span className="name">“{one.given}”</span>
                  <span className="soft">{look(meaningOf(audit, one.suggested))}</span>
                </span>
                {isDecided && (
                  <>
                    <CheckIcon />
                    <span className="only-read">{labels.progress}</span>
                  </>
                )}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
