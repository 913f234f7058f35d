import { useMemo, useState } from "react";
import { Button } from "../../design/button.tsx";
import { ClassMark } from "../../design/classes.tsx";
import { FaceGrid } from "../../design/face-grid.tsx";
import { CheckIcon } from "../../design/icons/signs.tsx";
import { Select } from "../../design/select.tsx";
import { useWords } from "../../strings/language.ts";
import { chosenOf, type FaceRow, type Show } from "./faces-to-choose.ts";
import { SelectionBar } from "./selection-bar.tsx";

export interface PickerProps {
  readonly rows: readonly FaceRow[];
  readonly classes: readonly string[];
  readonly canLabel: boolean;
  readonly canTeach: boolean;
}

const step = 60;

/** Faces to choose from, and what can be said of those that are chosen. */
export function Picker({ rows, classes, canLabel, canTeach }: PickerProps) {
  const { adapt, look } = useWords();
  const { pick } = adapt;
  const [show, setShow] = useState<Show>("all");
  const [most, setMost] = useState(step);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  // The order stays while one labels: faces that move away under the pointer cannot be chosen.
  const [order, setOrder] = useState<readonly number[]>([]);
  const byId = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]);
  const wanted = useMemo(() => chosenOf(rows, show), [rows, show]);
  const isFirst = order.length === 0 && wanted.length > 0;
  if (isFirst) setOrder(wanted.map(({ id }) => id));
  const shown = (isFirst ? wanted.map(({ id }) => id) : order).flatMap((id) => byId.get(id) ?? []);
  const others = [...new Set(rows.map(({ expression }) => expression))].filter((name) => !classes.includes(name)).sort();

  const choose = (next: Show) => {
    setShow(next);
    setOrder(chosenOf(rows, next).map(({ id }) => id));
    setMost(step);
    setSelected(new Set());
  };
  return (
    <section className="stack" aria-label={pick.title}>
      <div className="row">
        <div className="adapt-lead">
          <h2>{pick.title}</h2>
          <p className="soft">{pick.text}</p>
        </div>
        <span className="push">
          <Select<Show>
            label={pick.show}
            inLine
            value={show}
            onChange={choose}
            options={[
              { id: "all", name: pick.all },
              { id: "unsure", name: pick.unsure },
              { id: "labelled", name: pick.labelled },
              ...[...classes, ...others].map((name) => ({
                id: `class ${name}` as const,
                name: look(name),
                icon: <ClassMark name={name} classes={classes} />,
              })),
            ]}
          />
        </span>
      </div>
      <FaceGrid
        label={pick.grid}
        faces={shown.slice(0, most).map(({ id, expression, isLabelled }) => ({
          id,
          name: isLabelled ? pick.labelledAs(look(expression)) : look(expression),
          caption: look(expression),
          mark: isLabelled ? <CheckIcon /> : <ClassMark name={expression} classes={classes} />,
        }))}
        {...(canLabel && { selected, onSelect: setSelected })}
        empty={<p className="soft">{pick.none}</p>}
      />
      {shown.length > most && (
        <div>
          <Button onPress={() => setMost(most + step)}>{pick.more}</Button>
        </div>
      )}
      {selected.size > 0 && (
        <SelectionBar faces={[...selected]} classes={classes} canTeach={canTeach} onDone={() => setSelected(new Set())} />
      )}
    </section>
  );
}
