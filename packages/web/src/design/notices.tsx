import {
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components";
import { useWords } from "../strings/language.ts";
import { Button, IconButton } from "./button.tsx";
import { CloseIcon } from "./icons/signs.tsx";

export interface Notice {
  readonly text: string;
  /** What can be done about it, as "Undo". */
  readonly action?: { readonly name: string; readonly onPress: () => void };
}

const queue = new ToastQueue<Notice>({ maxVisibleToasts: 3 });

/** Says something that happened, for some seconds; what failed is said in place by Problem, not here. */
export function notify(notice: Notice): void {
  queue.add(notice, { timeout: notice.action ? 10_000 : 6000 });
}

/** Where notices stand; read aloud as they come. */
export function Notices() {
  const { shell, design } = useWords();
  return (
    <ToastRegion queue={queue} className="notices" aria-label={shell.notices}>
      {({ toast }) => (
        <Toast toast={toast} className="notice">
          <ToastContent>{toast.content.text}</ToastContent>
          {toast.content.action && (
            <Button
              kind="quiet"
              className="act"
              onPress={() => {
                toast.content.action?.onPress();
                queue.close(toast.key);
              }}
            >
              {toast.content.action.name}
            </Button>
          )}
          <IconButton label={design.close} icon={<CloseIcon />} onPress={() => queue.close(toast.key)} />
        </Toast>
      )}
    </ToastRegion>
  );
}
