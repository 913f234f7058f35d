import { Button } from "../../../design/button.tsx";
import { Checkbox } from "../../../design/switches.tsx";
import { useLanguage, useWords } from "../../../strings/language.ts";
import { count } from "../../../strings/numbers.ts";
import type { Entry } from "../data/coloring.ts";
import { Mark } from "./mark.tsx";

export interface LegendProps {
  readonly entries: readonly Entry[];
  readonly names: readonly string[];
  readonly off: ReadonlySet<string>;
  readonly onOff: (off: ReadonlySet<string>) => void;
  /** All faces of a line become the group. */
  readonly onSelect: (line: number) => void;
}

/** What colours and shapes stand for, how many faces each has, and which are shown. */
export function Legend({ entries, names, off, onOff, onSelect }: LegendProps) {
  const { map } = useWords();
  const { language } = useLanguage();
  const toggle = (key: string, isOn: boolean) => {
    const next = new Set(off);
    if (isOn) next.delete(key);
    else next.add(key);
    onOff(next);
  };
  return (
    <section className="map-legend" aria-label={map.legend}>
      <ul>
        {entries.map(({ key, color, shape, count: faces }, line) => (
          <li key={key}>
            <Checkbox isSelected={!off.has(key)} onChange={(isOn) => toggle(key, isOn)}>
              <span className="look">
                <Mark color={color} shape={shape} />
                {names[line]}
              </span>
              <span className="numbers soft push">{count(faces, language)}</span>
            </Checkbox>
            <Button kind="quiet" onPress={() => onSelect(line)} aria-label={map.only(names[line] ?? "")}>
              {map.selectAll}
            </Button>
          </li>
        ))}
      </ul>
      {off.size > 0 && (
        <Button kind="quiet" onPress={() => onOff(new Set())}>
          {map.allOn}
        </Button>
      )}
    </section>
  );
}
