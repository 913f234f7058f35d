import { useMutation } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { correct, withdraw } from "../../client/library.ts";
import { queryClient } from "../../client/query-client.ts";
import { Button } from "../../design/button.tsx";
import { ClassMark } from "../../design/classes.tsx";
import { Dialog } from "../../design/dialog.tsx";
import { TextField } from "../../design/fields.tsx";
import { EditIcon, PlusIcon } from "../../design/icons/signs.tsx";
import { Menu } from "../../design/menu.tsx";
import { notify } from "../../design/notices.tsx";
import { Problem } from "../../design/states.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count } from "../../strings/numbers.ts";
import { TeachDialog } from "./teach-dialog.tsx";

export interface SelectionBarProps {
  readonly faces: readonly number[];
  readonly classes: readonly string[];
  readonly canTeach: boolean;
  readonly onDone: () => void;
}

const askAgain = () => queryClient.invalidateQueries({ queryKey: ["library"] });

/** What can be said of the faces that are chosen: how they look, or that they show something new. */
export function SelectionBar({ faces, classes, canTeach, onDone }: SelectionBarProps) {
  const { adapt, design, look } = useWords();
  const { language } = useLanguage();
  const { pick } = adapt;
  const [isNaming, setNaming] = useState(false);
  const [isTeaching, setTeaching] = useState(false);
  const [word, setWord] = useState("");
  const send = useMutation({
    mutationFn: (label: string) => labelAll(faces, label),
    onSuccess: (ids, label) => {
      setNaming(false);
      setWord("");
      onDone();
      const takeBack = () => void Promise.all(ids.map(withdraw)).finally(askAgain);
      notify({ text: pick.done(count(ids.length, language), look(label)), action: { name: design.undo, onPress: takeBack } });
    },
    onSettled: askAgain,
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (word.trim() !== "" && !send.isPending) send.mutate(word.trim());
  };
  return (
    <div className="adapt-bar card">
      <strong className="numbers" role="status">
        {pick.chosen(count(faces.length, language))}
      </strong>
      <Button kind="quiet" onPress={onDone}>
        {pick.clear}
      </Button>
      <Menu
        label={pick.label}
        trigger={
          <Button kind="primary" icon={<EditIcon />} isDisabled={send.isPending}>
            {pick.label}
          </Button>
        }
        items={[
          ...classes.map((name) => ({
            id: `class-${name}`,
            name: look(name),
            icon: <ClassMark name={name} classes={classes} />,
            onPress: () => send.mutate(name),
          })),
          { id: "other", name: pick.other, icon: <EditIcon />, onPress: () => setNaming(true) },
        ]}
      />
      {canTeach && (
        <Button icon={<PlusIcon />} onPress={() => setTeaching(true)}>
          {pick.teach}
        </Button>
      )}
      {send.error !== null && !isNaming && <Problem error={send.error} />}
      <Dialog
        title={pick.otherLabel}
        isOpen={isNaming}
        onClose={() => setNaming(false)}
        actions={
          <>
            <Button onPress={() => setNaming(false)}>{design.cancel}</Button>
            <Button kind="primary" type="submit" form="adapt-word" isDisabled={word.trim() === ""}>
              {pick.save}
            </Button>
          </>
        }
      >
        <form id="adapt-word" onSubmit={submit}>
          <TextField
            label={pick.otherLabel}
            hideLabel
            value={word}
            onChange={setWord}
            error={send.error?.message}
            maxLength={64}
            autoFocus
          />
        </form>
      </Dialog>
      {isTeaching && <TeachDialog faces={faces} onClose={() => setTeaching(false)} onTaught={onDone} />}
    </div>
  );
}

/** Labels faces one after another. If one is refused, those before it are taken back: all, or none. */
async function labelAll(faces: readonly number[], label: string): Promise<number[]> {
  const ids: number[] = [];
  try {
    for (const face of faces) ids.push(await correct({ kind: "label", face, label }));
  } catch (error) {
    await Promise.allSettled(ids.map(withdraw));
    throw error;
  }
  return ids;
}
