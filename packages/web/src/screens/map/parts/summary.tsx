import { useMemo } from "react";
import { Button } from "../../../design/button.tsx";
import { RefreshIcon } from "../../../design/icons/signs.tsx";
import { useLanguage, useWords } from "../../../strings/language.ts";
import { count } from "../../../strings/numbers.ts";
import type { FaceMap } from "../keeping/map-keeper.ts";
import type { Scene } from "../stage/scene.ts";

export interface SummaryProps {
  readonly map: FaceMap;
  readonly scene: Scene;
  readonly hasEllipses: boolean;
  readonly onAnew: () => void;
}

/** What the map shows and how far it may be read, in words. */
export function Summary({ map, scene, hasEllipses, onAnew }: SummaryProps) {
  const { map: words } = useWords();
  const { language } = useLanguage();
  const lines = scene.entries.map((entry, i) => words.part(count(entry.count, language), scene.names[i] ?? ""));
  const placed = useMemo(() => sumOf(map.placed), [map.placed]);
  return (
    <section className="map-words stack tight" aria-label={words.summary}>
      <h2>{words.summary}</h2>
      <p>{words.summaryOf(count(map.faces.id.length, language), lines.join(", "))}</p>
      <p>{words.caution}</p>
      {hasEllipses && <p>{words.ellipsesWhy}</p>}
      {placed > 0 && <p>{words.placed(count(placed, language))}</p>}
      <Button className="map-anew" icon={<RefreshIcon />} onPress={onAnew}>
        {words.anew}
      </Button>
    </section>
  );
}

function sumOf(marks: Uint8Array): number {
  let sum = 0;
  for (let row = 0; row < marks.length; row++) sum += marks[row] as number;
  return sum;
}
