import { useMemo } from "react";
import { useClasses } from "../../client/library.ts";
import { usePhotos } from "../../client/photos.ts";
import { ClassMark } from "../../design/classes.tsx";
import { Select } from "../../design/select.tsx";
import { useWords } from "../../strings/language.ts";
import type { Question } from "./question.ts";

export interface SearchFiltersProps {
  readonly question: Question;
  readonly onChange: (change: Partial<Question>) => void;
}

/** Which faces are looked at: of a folder, of one expression, alone or in company. */
export function SearchFilters({ question, onChange }: SearchFiltersProps) {
  const { search, look } = useWords();
  const { filter } = search;
  const classes = useClasses();
  const paths = usePhotos().data?.columns.path;
  const folders = useMemo(() => topFolders(paths ?? []), [paths]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form, and nothing is sent
    <div className="row tight" role="group" aria-label={filter.label}>
      {folders.length > 1 && (
        <Select
          label={filter.folder}
          hideLabel
          value={question.folder}
          onChange={(folder) => onChange({ folder })}
          options={[{ id: "", name: filter.allFolders }, ...folders.map((id) => ({ id, name: id }))]}
        />
      )}
      <Select
        label={filter.expression}
        hideLabel
        value={question.expression}
        onChange={(expression) => onChange({ expression })}
        options={[
          { id: "", name: filter.anyExpression },
          ...classes.map((id) => ({ id, name: look(id), icon: <ClassMark name={id} classes={classes} /> })),
        ]}
      />
      <Select
        label={filter.people.label}
        hideLabel
        value={question.people}
        onChange={(people) => onChange({ people })}
        options={(["any", "one", "several"] as const).map((id) => ({ id, name: filter.people[id] }))}
      />
    </div>
  );
}

/** The folders that photos lie in, in order. */
function topFolders(paths: readonly string[]): string[] {
  return [...new Set(paths.filter((path) => path.includes("/")).map((path) => path.slice(0, path.lastIndexOf("/"))))].sort();
}
