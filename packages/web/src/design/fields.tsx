import * as Aria from "react-aria-components";
import { useWords } from "../strings/language.ts";
import { MinusIcon, PlusIcon } from "./icons/signs.tsx";

interface Labelled {
  readonly label: string;
  /** One sentence beneath. */
  readonly note?: string;
  /** What is wrong, in place; what was typed stays. */
  readonly error?: string | undefined;
}

export interface TextFieldProps extends Labelled, Omit<Aria.TextFieldProps, "children" | "className" | "isInvalid"> {
  readonly placeholder?: string;
  /** Several lines of text. */
  readonly rows?: number;
  /** Says the label aloud only. */
  readonly hideLabel?: boolean;
}

export function TextField({ label, note, error, placeholder, rows, hideLabel = false, ...rest }: TextFieldProps) {
  return (
    <Aria.TextField {...rest} validationBehavior="aria" isInvalid={error !== undefined} className="field">
      <Aria.Label className={hideLabel ? "only-read" : "field-label"}>{label}</Aria.Label>
      {rows === undefined ? (
        <Aria.Input className="input" placeholder={placeholder} />
      ) : (
        <Aria.TextArea className="input" rows={rows} placeholder={placeholder} />
      )}
      <Notes note={note} error={error} />
    </Aria.TextField>
  );
}

export interface NumberFieldProps extends Labelled, Omit<Aria.NumberFieldProps, "children" | "className" | "isInvalid"> {}

export function NumberField({ label, note, error, ...rest }: NumberFieldProps) {
  const { design } = useWords();
  return (
    <Aria.NumberField {...rest} validationBehavior="aria" isInvalid={error !== undefined} className="field">
      <Aria.Label className="field-label">{label}</Aria.Label>
      <Aria.Group className="number-field">
        <Aria.Button slot="decrement" className="button quiet icon-only" aria-label={design.fewer}>
          <MinusIcon />
        </Aria.Button>
        <Aria.Input className="input" />
        <Aria.Button slot="increment" className="button quiet icon-only" aria-label={design.more}>
          <PlusIcon />
        </Aria.Button>
      </Aria.Group>
      <Notes note={note} error={error} />
    </Aria.NumberField>
  );
}

function Notes({ note, error }: { readonly note?: string | undefined; readonly error?: string | undefined }) {
  return (
    <>
      {note !== undefined && (
        <Aria.Text slot="description" className="field-note">
          {note}
        </Aria.Text>
      )}
      {error !== undefined && <Aria.FieldError className="field-error">{error}</Aria.FieldError>}
    </>
  );
}
