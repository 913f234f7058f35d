import type { Correction } from "@semblant/api";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { correct, withdraw } from "../../client/library.ts";
import { queryClient } from "../../client/query-client.ts";
import type { PhotoFace } from "../../client/shapes.ts";
import { Button } from "../../design/button.tsx";
import { ClassMark } from "../../design/classes.tsx";
import { Dialog } from "../../design/dialog.tsx";
import { TextField } from "../../design/fields.tsx";
import { EditIcon } from "../../design/icons/signs.tsx";
import { Menu } from "../../design/menu.tsx";
import { notify } from "../../design/notices.tsx";
import { Problem } from "../../design/states.tsx";
import { useWords } from "../../strings/language.ts";

/** Says what is wrong with a face. Each can be taken back. */
export function FaceCorrections({ face, classes }: { readonly face: PhotoFace; readonly classes: readonly string[] }) {
  const words = useWords();
  const { photos, design, look } = words;
  const [isNaming, setNaming] = useState(false);
  const [name, setName] = useState("");
  const send = useMutation({
    mutationFn: ({ correction }: { readonly correction: Correction; readonly said: string }) => correct(correction),
    onSuccess: (id, { said }) => {
      setNaming(false);
      setName("");
      notify({ text: said, action: { name: design.undo, onPress: () => void withdraw(id).then(askAgain) } });
      return askAgain();
    },
  });
  const label = (to: string) =>
    send.mutate({ correction: { kind: "label", face: face.face, label: to }, said: photos.face.corrected(look(to)) });
  const items = [
    ...classes.map((id) => ({
      id: `class-${id}`,
      name: look(id),
      icon: <ClassMark name={id} classes={classes} />,
      chosen: face.label === id,
      onPress: () => label(id),
    })),
    { id: "other", name: photos.face.other, icon: <EditIcon />, onPress: () => setNaming(true) },
  ];
  return (
    <div className="stack tight">
      <div className="row tight">
        <Menu
          label={photos.face.correctTo}
          items={[{ title: photos.face.correctTo, items }]}
          trigger={
            <Button icon={<EditIcon />} isDisabled={send.isPending}>
              {photos.face.correct}
            </Button>
          }
        />
        <Button
          kind="quiet"
          isDisabled={send.isPending}
          onPress={() => send.mutate({ correction: { kind: "not a face", face: face.face }, said: photos.face.notFaceDone })}
        >
          {photos.face.notFace}
        </Button>
        <Button
          kind="quiet"
          isDisabled={send.isPending}
          onPress={() => send.mutate({ correction: { kind: "hide", face: face.face }, said: photos.face.hidden })}
        >
          {photos.face.hide}
        </Button>
      </div>
      {send.error !== null && !isNaming && <Problem error={send.error} />}
      <Dialog
        title={photos.face.correct}
        isOpen={isNaming}
        onClose={() => setNaming(false)}
        actions={
          <Button kind="primary" isDisabled={name.trim() === "" || send.isPending} onPress={() => label(name.trim())}>
            {photos.face.save}
          </Button>
        }
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== "") label(name.trim());
          }}
        >
          <TextField label={photos.face.otherLabel} value={name} onChange={setName} autoFocus maxLength={64} />
        </form>
        {send.error !== null && isNaming && <Problem error={send.error} />}
      </Dialog>
    </div>
  );
}

const askAgain = () => queryClient.invalidateQueries({ queryKey: ["library"] });
