import { useState } from "react";
import { Button } from "../../design/button.tsx";
import { Dialog } from "../../design/dialog.tsx";
import { TextField } from "../../design/fields.tsx";
import { useWords } from "../../strings/language.ts";

export interface RenameDialogProps {
  readonly name: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** An empty name takes the given one back. */
  readonly onRename: (name: string) => void;
}

export function RenameDialog({ name, isOpen, onClose, onRename }: RenameDialogProps) {
  const { groups } = useWords();
  const [typed, setTyped] = useState<string>();
  const close = () => {
    setTyped(undefined);
    onClose();
  };
  const done = () => {
    onRename((typed ?? name).trim());
    close();
  };
  return (
    <Dialog
      title={groups.rename}
      isOpen={isOpen}
      onClose={close}
      actions={
        <Button kind="primary" onPress={done}>
          {groups.save}
        </Button>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          done();
        }}
      >
        <TextField label={groups.name} note={groups.nameNote} value={typed ?? name} onChange={setTyped} autoFocus maxLength={80} />
      </form>
    </Dialog>
  );
}
