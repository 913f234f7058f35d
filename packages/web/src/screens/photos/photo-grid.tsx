import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { PhotoRow } from "../../client/photos.ts";
import { type Language, useLanguage, useWords } from "../../strings/language.ts";
import { count, month } from "../../strings/numbers.ts";
import { type Choice, monthsOf, searchOf } from "./choose.ts";
import { justify, type Line, walk } from "./justify.ts";
import { PhotoCell } from "./photo-cell.tsx";
import { useWidth } from "./use-width.ts";

/** Where the gallery was left: it comes back there. */
const left: { scroll: number; photo: number | undefined } = { scroll: 0, photo: undefined };

const gap = 6;

/** The photos in lines from side to side, of which only those near the window are there. Arrows move, Enter opens. */
export function PhotoGrid({ photos, choice }: { readonly photos: readonly PhotoRow[]; readonly choice: Choice }) {
  const { photos: words } = useWords();
  const { language } = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const lines = useMemo(
    () => linesOf(photos, { choice, width, language, undated: words.undated }),
    [photos, choice, width, language, words],
  );
  const virtual = useWindowVirtualizer({
    count: lines.length,
    estimateSize: (i) => (lines[i]?.height ?? 0) + gap,
    overscan: 4,
    scrollMargin: place.current?.offsetTop ?? 0,
    initialOffset: left.scroll,
  });
  useLayoutEffect(() => {
    if (lines.length > 0) virtual.measure();
  }, [virtual, lines]);
  useKeptScroll(width > 0);

  const first = photos.findIndex(({ id }) => id === left.photo);
  const [active, setActive] = useState(Math.max(0, first));
  const at = Math.min(active, photos.length - 1);
  const wanted = useRef(first >= 0);
  useEffect(() => {
    if (!wanted.current) return;
    const cell = place.current?.querySelector<HTMLElement>(`[data-at="${at}"]`);
    cell?.focus({ preventScroll: true });
    if (cell) wanted.current = false;
  });

  const go = (target: number) => {
    wanted.current = true;
    setActive(target);
    const line = lines.findIndex((one) => one.kind === "pictures" && target < one.from + one.widths.length);
    virtual.scrollToIndex(line, { align: "auto" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = targetOf(event, lines, at);
    if (target === undefined) return;
    event.preventDefault();
    go(target);
  };
  const search = searchOf(choice);
  const remember = useCallback((photo: number) => {
    left.photo = photo;
  }, []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table's rows cannot be laid out as lines of pictures
    <div
      ref={place}
      role="grid"
      aria-label={words.grid}
      aria-rowcount={lines.length}
      className="photos-grid"
      onKeyDown={onKeyDown}
      tabIndex={-1}
    >
      <div className="photos-lines" style={{ blockSize: virtual.getTotalSize() }} role="presentation">
        {virtual.getVirtualItems().map(({ index, start }) => {
          const line = lines[index];
          if (line === undefined) return null;
          return (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: its cells are
            <div
              key={index}
              role="row"
              aria-rowindex={index + 1}
              className="photos-line"
              style={{ blockSize: line.height, transform: `translateY(${start - virtual.options.scrollMargin}px)` }}
            >
              {line.kind === "heading" ? (
                // biome-ignore lint/a11y/useSemanticElements: as above
                // biome-ignore lint/a11y/useFocusableInteractive: it is only read
                <div role="gridcell" className="photos-heading">
                  <h2>{line.text}</h2>
                  <span className="soft numbers">{count(line.count, language)}</span>
                </div>
              ) : (
                line.widths.map((wide, i) => {
                  const photo = photos[line.from + i] as PhotoRow;
                  return (
                    <PhotoCell
                      key={photo.id}
                      photo={photo}
                      place={line.from + i}
                      width={wide}
                      isActive={line.from + i === at}
                      search={search}
                      onOpen={remember}
                    />
                  );
                })
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function linesOf(
  photos: readonly PhotoRow[],
  {
    choice,
    width,
    language,
    undated,
  }: { readonly choice: Choice; readonly width: number; readonly language: Language; readonly undated: string },
): Line[] {
  if (width === 0) return [];
  const months = choice.sort === "path" ? [] : monthsOf(photos);
  const isDated = months.some(({ time }) => time !== null);
  const sections = isDated ? months.map(({ from, time }) => ({ from, text: time === null ? undated : month(time, language) })) : [];
  const height = width < 500 ? 120 : width < 1000 ? 170 : 210;
  return justify(
    photos.map(({ ratio }) => ratio),
    sections,
    { width, height, gap, headingHeight: 52 },
  );
}

/** Where a key leads, or undefined where it leads nowhere. */
function targetOf({ key, currentTarget, ctrlKey, metaKey, altKey }: KeyboardEvent, lines: readonly Line[], at: number): number | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  const forward = getComputedStyle(currentTarget).direction === "rtl" ? -1 : 1;
  switch (key) {
    case "ArrowRight":
      return walk(lines, at, { along: forward });
    case "ArrowLeft":
      return walk(lines, at, { along: -forward });
    case "ArrowDown":
      return walk(lines, at, { down: 1 });
    case "ArrowUp":
      return walk(lines, at, { down: -1 });
    case "PageDown":
      return walk(lines, at, { down: 4 });
    case "PageUp":
      return walk(lines, at, { down: -4 });
    case "Home":
      return 0;
    case "End":
      return walk(lines, at, { along: Number.POSITIVE_INFINITY });
    default:
      return undefined;
  }
}

/** Goes back to where the window was when the gallery was left. */
function useKeptScroll(isReady: boolean): void {
  const restored = useRef(false);
  useLayoutEffect(() => {
    if (!isReady || restored.current) return;
    restored.current = true;
    scrollTo({ top: left.scroll, behavior: "instant" });
  }, [isReady]);
  useLayoutEffect(
    () => () => {
      left.scroll = scrollY;
    },
    [],
  );
}
