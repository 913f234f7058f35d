import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { Button, LinkButton } from "../../../design/button.tsx";
import { TextField } from "../../../design/fields.tsx";
import { BackIcon, PlayIcon } from "../../../design/icons/signs.tsx";
import { notify } from "../../../design/notices.tsx";
import { Segments } from "../../../design/select.tsx";
import { Problem, Waiting } from "../../../design/states.tsx";
import { useWords } from "../../../strings/language.ts";
import { type Typed, useFields, useStart } from "../data/queries.ts";
import type { Field } from "../data/shapes.ts";
import { settingsOf, useDraft } from "./draft.ts";
import { MoreSettings } from "./more-settings.tsx";
import { SettingInput } from "./setting-input.tsx";
import { settingIn } from "./where-wrong.ts";

/** Starts a training: the few settings that most are told, all others behind "More settings". */
export function StartPage() {
  const { runs } = useWords();
  const { start: words } = runs;
  const [, navigate] = useLocation();
  const { draft, change, set, forget } = useDraft();
  const settings = settingsOf(draft);
  const checked = useFields(useSettled(settings));
  const start = useStart((run) => {
    forget();
    notify({ text: words.started(run.name) });
    navigate(`/runs?run=${encodeURIComponent(run.name)}`);
  });
  const fields = useLastGood(checked.data);
  const error = start.error ?? checked.error;
  const message = error instanceof Error ? error.message : undefined;
  const wrong = message === undefined ? undefined : settingIn(message, [...fields.map(({ name }) => name), ...Object.keys(settings)]);
  const isPath = draft.source === "folder" && message !== undefined && (wrong === "data.source" || message.startsWith("data at "));
  const isName = message?.startsWith("runs: expected") === true;
  const inPlace = isPath || isName || fields.some(({ name }) => name === wrong && name !== "data.source");
  const errorOf = (name: string) => (wrong === name ? message : undefined);
  const main = fields.filter((field) => field.main && field.name !== "data.source");
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    start.mutate({ settings, ...(draft.name.trim() !== "" && { name: draft.name.trim() }) });
  };
  const changed = (act: () => void) => {
    start.reset();
    act();
  };
  return (
    <div className="screen">
      <header className="screen-head">
        <LinkButton kind="quiet" href="/runs" icon={<BackIcon />}>
          {words.back}
        </LinkButton>
        <h1>{words.title}</h1>
      </header>
      <form className="runs-form stack" onSubmit={submit} noValidate>
        <section className="card stack">
          <h2>{words.data}</h2>
          <div>
            <Segments
              label={words.data}
              value={draft.source}
              options={[
                { id: "generated", name: words.sources.generated },
                { id: "folder", name: words.sources.folder },
              ]}
              onChange={(source) => changed(() => change({ source }))}
            />
          </div>
          {draft.source === "folder" && (
            <TextField
              label={words.path}
              note={words.pathNote}
              error={isPath ? message : undefined}
              value={draft.path}
              onChange={(path) => changed(() => change({ path }))}
              autoComplete="off"
              spellCheck="false"
            />
          )}
        </section>
        {checked.isPending && fields.length === 0 && <Waiting />}
        {main.length > 0 && (
          <section className="card runs-fields">
            <TextField
              label={words.name}
              note={words.nameNote}
              error={isName ? message : undefined}
              value={draft.name}
              onChange={(name) => changed(() => change({ name }))}
              autoComplete="off"
              spellCheck="false"
            />
            {main.map((field) => (
              <SettingInput
                key={field.name}
                field={field}
                label={labelOf(words.named, field)}
                value={draft.settings[field.name] ?? ""}
                onChange={(value) => changed(() => set(field.name, value))}
                error={errorOf(field.name)}
              />
            ))}
          </section>
        )}
        {fields.length > 0 && (
          <MoreSettings
            fields={fields.filter((field) => !field.main)}
            typed={draft.settings}
            onChange={(name, value) => changed(() => set(name, value))}
            wrong={wrong}
            message={message}
          />
        )}
        {error !== null && !inPlace && <Problem error={error} />}
        <div className="row">
          <Button type="submit" kind="primary" icon={<PlayIcon />} isDisabled={start.isPending}>
            {start.isPending ? words.beginning : words.begin}
          </Button>
          <p className="soft runs-lives">{words.lives}</p>
        </div>
      </form>
    </div>
  );
}

/** The fields as they were last answered: a refusal takes none of them away. */
function useLastGood(fields: readonly Field[] | undefined): readonly Field[] {
  const [kept, setKept] = useState<readonly Field[]>([]);
  useEffect(() => {
    if (fields !== undefined) setKept(fields);
  }, [fields]);
  return fields ?? kept;
}

const labelOf = (named: Readonly<Record<string, string>>, { name }: Field) => named[name];

const pause = 350;

/** The settings as they were when typing paused. */
function useSettled(settings: Typed): Typed {
  const text = JSON.stringify(settings);
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause);
    return () => clearTimeout(timer);
  }, [text]);
  return JSON.parse(settled) as Typed;
}
