import { useMemo, useState } from "react";
import { useAbout, useJob } from "../../client/library.ts";
import type { PhotoColumns } from "../../client/shapes.ts";
import { Button } from "../../design/button.tsx";
import { Dialog } from "../../design/dialog.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count } from "../../strings/numbers.ts";
import type { Choice } from "./choose.ts";

export interface UnreadProps {
  readonly list: PhotoColumns;
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
}

/** What could not be read, with why, and how many photos have no face. */
export function Unread({ list: { unread, remarks, columns }, choice, onChoose }: UnreadProps) {
  const { photos } = useWords();
  const { language } = useLanguage();
  const { data: about } = useAbout();
  const { isRunning, start } = useJob("index");
  const [isOpen, setOpen] = useState(false);
  const faceless = useMemo(() => columns.faces.filter((faces) => faces === 0).length, [columns]);
  const again = () => {
    start.mutate({ kind: "index", retry: true });
    setOpen(false);
  };
  return (
    <>
      {faceless > 0 && choice.faces !== "none" && (
        <>
          {" · "}
          <Button kind="inline" onPress={() => onChoose({ ...choice, faces: "none" })}>
            {photos.unread.faceless(count(faceless, language))}
          </Button>
        </>
      )}
      {unread.length + remarks.length > 0 && (
        <>
          {" · "}
          <Button kind="inline" onPress={() => setOpen(true)}>
            {photos.unread.button(count(unread.length, language))}
          </Button>
        </>
      )}
      <Dialog
        title={photos.unread.title}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        actions={
          unread.length > 0 && about?.readonly === false ? (
            <Button isDisabled={isRunning} onPress={again}>
              {photos.unread.again}
            </Button>
          ) : undefined
        }
      >
        {unread.length > 0 && (
          <>
            <p className="soft">{photos.unread.lead}</p>
            <Reasons rows={unread.map(({ path, reason }) => [path, reason])} />
          </>
        )}
        {remarks.length > 0 && (
          <>
            <h3>{photos.unread.remarks}</h3>
            <Reasons rows={remarks.map(({ path, remark }) => [path, remark])} />
          </>
        )}
      </Dialog>
    </>
  );
}

function Reasons({ rows }: { readonly rows: readonly (readonly [path: string, why: string])[] }) {
  return (
    <ul className="photos-reasons">
      {rows.map(([path, why]) => (
        <li key={path}>
          <b className="name">{path}</b> <span className="soft">{why}</span>
        </li>
      ))}
    </ul>
  );
}
