import type { ReactNode } from "react";
import * as Aria from "react-aria-components";
import { useWords } from "../strings/language.ts";
import { Button, IconButton } from "./button.tsx";
import { CloseIcon } from "./icons/signs.tsx";

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons at its end. */
  readonly actions?: ReactNode;
  readonly wide?: boolean;
  /** Interrupts: read aloud at once, and not closed by a press outside. */
  readonly role?: "dialog" | "alertdialog";
}

export function Dialog({ title, isOpen, onClose, children, actions, wide = false, role = "dialog" }: DialogProps) {
  const { design } = useWords();
  return (
    <Aria.ModalOverlay
      className="dialog-veil"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={role === "dialog"}
    >
      <Aria.Modal className={wide ? "dialog-window wide" : "dialog-window"}>
        <Aria.Dialog className="dialog" role={role}>
          <div className="dialog-head">
            <Aria.Heading slot="title" level={2}>
              {title}
            </Aria.Heading>
            <IconButton label={design.close} icon={<CloseIcon />} onPress={onClose} />
          </div>
          {children}
          {actions !== undefined && <div className="dialog-actions">{actions}</div>}
        </Aria.Dialog>
      </Aria.Modal>
    </Aria.ModalOverlay>
  );
}

export interface ConfirmProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What happens, as a verb: "Delete the group". */
  readonly action: string;
  readonly isOpen: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something is taken away that cannot be brought back. What can be undone is done, and offers to undo it. */
export function Confirm({ title, children, action, isOpen, onConfirm, onClose }: ConfirmProps) {
  const { design } = useWords();
  const confirm = () => {
    onConfirm();
    onClose();
  };
  const actions = (
    <>
      <Button onPress={onClose} autoFocus>
        {design.cancel}
      </Button>
      <Button kind="danger" onPress={confirm}>
        {action}
      </Button>
    </>
  );
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} actions={actions} role="alertdialog">
      <div>{children}</div>
    </Dialog>
  );
}
