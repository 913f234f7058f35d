import { useMemo } from "react";
import { useClasses } from "../../client/library.ts";
import type { PhotoRow } from "../../client/photos.ts";
import { Button } from "../../design/button.tsx";
import { ClassMark } from "../../design/classes.tsx";
import { Select } from "../../design/select.tsx";
import { useWords } from "../../strings/language.ts";
import { type Choice, everything, foldersOf } from "./choose.ts";

export interface FiltersProps {
  readonly photos: readonly PhotoRow[];
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
}

/** Which photos are shown, and in which order. */
export function Filters({ photos, choice, onChoose }: FiltersProps) {
  const { photos: words, look } = useWords();
  const { filter } = words;
  const classes = useClasses();
  const folders = useMemo(() => foldersOf(photos), [photos]);
  const set = (change: Partial<Choice>) => onChoose({ ...choice, ...change });
  const isNarrow = choice.folder !== "" || choice.expression !== "" || choice.faces !== "all";
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form, and nothing is sent
    <div className="photos-filters" role="group" aria-label={filter.label}>
      {folders.length > 1 && (
        <Select
          label={filter.folder}
          hideLabel
          value={choice.folder}
          onChange={(folder) => set({ folder })}
          options={[{ id: "", name: filter.allFolders }, ...folders.map((id) => ({ id, name: id }))]}
        />
      )}
      <Select
        label={filter.expression}
        hideLabel
        value={choice.expression}
        onChange={(expression) => set({ expression })}
        options={[
          { id: "", name: filter.anyExpression },
          ...classes.map((id) => ({ id, name: look(id), icon: <ClassMark name={id} classes={classes} /> })),
        ]}
      />
      <Select
        label={filter.faces}
        hideLabel
        value={choice.faces}
        onChange={(faces) => set({ faces })}
        options={(["all", "some", "none"] as const).map((id) => ({ id, name: filter[id] }))}
      />
      <Select
        label={filter.sort}
        hideLabel
        value={choice.sort}
        onChange={(sort) => set({ sort })}
        options={(["new", "old", "path"] as const).map((id) => ({ id, name: filter[id] }))}
      />
      {isNarrow && (
        <Button kind="quiet" onPress={() => onChoose({ ...everything, sort: choice.sort })}>
          {filter.clear}
        </Button>
      )}
    </div>
  );
}
