import { useState } from "react";
import { TextField } from "../../../design/fields.tsx";
import { useWords } from "../../../strings/language.ts";
import type { Typed } from "../data/queries.ts";
import type { Field } from "../data/shapes.ts";
import { SettingInput } from "./setting-input.tsx";

export interface MoreSettingsProps {
  readonly fields: readonly Field[];
  readonly typed: Typed;
  readonly onChange: (name: string, value: string) => void;
  /** The setting that was refused, and why. */
  readonly wrong: string | undefined;
  readonly message: string | undefined;
}

type Section = "general" | "data" | "network" | "loss" | "training";

/** In which part a setting stands, by its dotted name. */
function sectionOf(name: string): Section {
  const first = name.split(".")[0];
  if (first === "data" || first === "network" || first === "loss") return first;
  return name.includes(".") || ["epochs", "steps", "clip", "ema", "patience", "precision", "device"].includes(name)
    ? "training"
    : "general";
}

const sections: readonly Section[] = ["general", "data", "network", "loss", "training"];

/** Every other setting of the command, in parts, with a field to find one. Open where one of them was refused. */
export function MoreSettings({ fields, typed, onChange, wrong, message }: MoreSettingsProps) {
  const { start } = useWords().runs;
  const [open, setOpen] = useState(false);
  const [sought, setSought] = useState("");
  const isWrongHere = fields.some(({ name }) => name === wrong);
  const found = fields.filter(({ name, text }) => `${name} ${text ?? ""}`.toLowerCase().includes(sought.trim().toLowerCase()));
  return (
    <details className="card runs-more" open={open || isWrongHere} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>{start.more}</h2>
      </summary>
      {(open || isWrongHere) && (
        <div className="stack">
          <p className="soft">{start.moreNote}</p>
          <TextField label={start.find} value={sought} onChange={setSought} type="search" />
          {sections.map((section) => {
            const own = found.filter(({ name }) => sectionOf(name) === section);
            if (own.length === 0) return null;
            return (
              <section key={section} className="stack tight">
                <h3>{start.sections[section]}</h3>
                <div className="runs-fields">
                  {own.map((field) => (
                    <SettingInput
                      key={field.name}
                      field={field}
                      value={typed[field.name] ?? ""}
                      onChange={(value) => onChange(field.name, value)}
                      error={wrong === field.name ? message : undefined}
                    />
                  ))}
                </div>
              </section>
            );
          })}
        </div>
      )}
    </details>
  );
}
