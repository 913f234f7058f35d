import { type SyntheticEvent, useState } from "react";
import { Button } from "../../design/button.tsx";
import { Dialog } from "../../design/dialog.tsx";
import { TextField } from "../../design/fields.tsx";
import { notify } from "../../design/notices.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count } from "../../strings/numbers.ts";
import { type Learned, useTeach } from "./use-taught.ts";

export interface TeachDialogProps {
  readonly faces: readonly number[];
  readonly onClose: () => void;
  readonly onTaught: () => void;
}

/** Teaches what some faces show by a word. What does not separate well is said, and kept only if one wants it anyway. */
export function TeachDialog({ faces, onClose, onTaught }: TeachDialogProps) {
  const { adapt, design } = useWords();
  const { language } = useLanguage();
  const { teach } = adapt;
  const [name, setName] = useState("");
  const send = useTeach();
  const refused = send.data?.accepted === false && send.data.name === name.trim() ? send.data : undefined;
  const ask = (anyway: boolean) => {
    if (send.isPending) return; // a button that is disabled meanwhile would lose the focus
    send.mutate(
      { name: name.trim(), faces: [...faces], ...(anyway && { anyway }) },
      {
        onSuccess: (learned) => {
          if (!learned.accepted && !anyway) return;
          notify({ text: teach.done(learned.name, count(learned.found, language)) });
          onClose();
          onTaught();
        },
      },
    );
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (name.trim() !== "" && refused === undefined) ask(false);
  };
  return (
    <Dialog
      title={teach.title}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{design.cancel}</Button>
          {refused === undefined ? (
            <Button kind="primary" type="submit" form="teach" isDisabled={name.trim() === ""}>
              {teach.run}
            </Button>
          ) : (
            <Button kind="primary" onPress={() => ask(true)}>
              {teach.anyway}
            </Button>
          )}
        </>
      }
    >
      <p>{teach.text(count(faces.length, language))}</p>
      <form id="teach" onSubmit={submit}>
        <TextField label={teach.name} value={name} onChange={setName} error={send.error?.message} maxLength={64} autoFocus />
      </form>
      {refused !== undefined && <Separation learned={refused} />}
    </Dialog>
  );
}

/** How well what was taught stands apart from what is known already. */
function Separation({ learned }: { readonly learned: Learned }) {
  const { adapt, look } = useWords();
  const { language } = useLanguage();
  const { teach } = adapt;
  const { examples, reason, separation } = learned;
  const { recall, nearest, renamed } = separation;
  return (
    <div className="stack tight" role="status">
      <p>
        <b>{teach.not}</b> {reason}
      </p>
      <ul className="soft">
        {recall !== undefined && <li>{teach.recall(String(Math.round(recall * examples)), String(examples))}</li>}
        <li>{teach.nearest(look(nearest))}</li>
        {renamed.of > 0 && <li>{teach.renamed(count(renamed.faces, language), count(renamed.of, language), look(nearest))}</li>}
      </ul>
    </div>
  );
}
