import type { Correction } from "@semblant/api";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { correct, withdraw } from "../../client/library.ts";
import { queryClient } from "../../client/query-client.ts";
import type { PhotoFace } from "../../client/shapes.ts";
import { Button, IconButton } from "../../design/button.tsx";
import { ClassMark } from "../../design/classes.tsx";
import { Dialog } from "../../design/dialog.tsx";
import { TextField } from "../../design/fields.tsx";
import { CloseIcon, EditIcon, HideIcon, MoreIcon } from "../../design/icons/signs.tsx";
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
        <Menu
          label={photos.face.more}
          trigger={<IconButton kind="plain" label={photos.face.more} icon={<MoreIcon />} isDisabled={send.isPending} />}
          items={[
            {
              id: "not",
              name: photos.face.notFace,
              icon: <CloseIcon />,
              onPress: () => send.mutate({ correction: { kind: "not a face", face: face.face }, said: photos.face.notFaceDone }),
            },
            {
              id: "hide",
              name: photos.face.hide,
              icon: <HideIcon />,
              onPress: () => send.mutate({ correction: { kind: "hide", face: face.face }, said: photos.face.hidden }),
            },
          ]}
        />
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
