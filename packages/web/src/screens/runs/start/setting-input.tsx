import { TextField } from "../../../design/fields.tsx";
import { Select } from "../../../design/select.tsx";
import type { Field } from "../data/shapes.ts";

export interface SettingInputProps {
  readonly field: Field;
  /** A name for a person; the dotted name where there is none. */
  readonly label?: string | undefined;
  /** As typed; empty where nothing was. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
}

const asTyped = (value: Field["value"]) => (value === null ? "none" : String(value));

/** One setting: a choice where its values are few, else words or a number, with what holds when nothing is typed. */
export function SettingInput({ field, label, value, onChange, error }: SettingInputProps) {
  const held = asTyped(field.value);
  const name = label ?? field.name;
  if (field.choices !== null) {
    return (
      <div className="field">
        <Select
          label={name}
          options={field.choices.map((choice) => ({ id: choice, name: choice }))}
          value={value === "" ? held : value}
          onChange={onChange}
        />
        {field.text !== null && label === undefined && <p className="field-note">{field.text}</p>}
        {error !== undefined && <p className="field-error">{error}</p>}
      </div>
    );
  }
  const note = label === undefined ? { note: [field.text, field.expected].filter(Boolean).join(": ") } : {};
  return (
    <TextField
      label={name}
      {...note}
      error={error}
      value={value}
      onChange={onChange}
      placeholder={held}
      autoComplete="off"
      spellCheck="false"
    />
  );
}
