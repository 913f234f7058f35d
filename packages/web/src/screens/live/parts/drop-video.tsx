import { type DragEvent, type ReactNode, useState } from "react";
import { useWords } from "../../../strings/language.ts";

/** Lets a video be dropped anywhere on the screen. A button does the same. */
export function DropVideo({ onFile, children }: { readonly onFile: (file: File) => void; readonly children: ReactNode }) {
  const { start } = useWords().live;
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setOver(true);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button that opens a video is for keys
    <div
      className="live-drop"
      onDragEnter={over}
      onDragOver={over}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file !== undefined) onFile(file);
      }}
    >
      {children}
      {isOver && <div className="live-drop-veil">{start.drop}</div>}
    </div>
  );
}
