import { Button, LinkButton } from "../../../design/button.tsx";
import { AdaptIcon } from "../../../design/icons/screens.tsx";
import { CheckIcon, DownloadIcon, UndoIcon } from "../../../design/icons/signs.tsx";
import { Empty, Problem } from "../../../design/states.tsx";
import { useWords } from "../../../strings/language.ts";
import { useCorrectionsExport } from "./export-menu.tsx";
import type { Threshold } from "./use-audit.ts";

export interface AllDecidedProps {
  readonly threshold: Threshold;
  readonly onAgain: () => void;
  readonly onUndo?: () => void;
}

/** The end of the list: what can be made of it. */
export function AllDecided({ threshold, onAgain, onUndo }: AllDecidedProps) {
  const { labels } = useWords();
  const save = useCorrectionsExport(threshold);
  return (
    <Empty icon={<CheckIcon />} title={labels.done.title}>
      <p>{labels.done.text}</p>
      <div className="row tight">
        <LinkButton kind="primary" href="/adapt" icon={<AdaptIcon />}>
          {labels.done.adapt}
        </LinkButton>
        <Button icon={<DownloadIcon />} onPress={() => save.mutate(true)}>
          {labels.done.export}
        </Button>
      </div>
      <div className="row tight">
        <Button kind="quiet" onPress={onAgain}>
          {labels.done.again}
        </Button>
        {onUndo !== undefined && (
          <Button kind="quiet" icon={<UndoIcon />} onPress={onUndo}>
            {labels.undo}
          </Button>
        )}
      </div>
      {save.error !== null && <Problem error={save.error} />}
    </Empty>
  );
}
