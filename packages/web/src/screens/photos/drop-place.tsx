import { type ReactNode, useRef } from "react";
import { type DropItem, isDirectoryDropItem, isFileDropItem, useDrop } from "react-aria-components";
import { UploadIcon } from "../../design/icons/signs.tsx";
import { useWords } from "../../strings/language.ts";
import type { Adding, Given } from "./use-adding.ts";

/** The whole screen, on which photos and folders can be dropped. */
export function DropPlace({ adding, children }: { readonly adding: Adding; readonly children: ReactNode }) {
  const { photos } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const { dropProps, isDropTarget } = useDrop({
    ref: place,
    isDisabled: !adding.canAdd || adding.isBusy,
    getDropOperation: () => "copy",
    onDrop: ({ items }) => void gather(items).then(adding.add),
  });
  const { role: _role, ...listeners } = dropProps as { readonly role?: string };
  return (
    <div ref={place} {...listeners} className="photos-drop">
      {children}
      {isDropTarget && (
        <div className="photos-drop-veil">
          <UploadIcon />
          {photos.add.drop}
        </div>
      )}
    </div>
  );
}

/** Every file of what was dropped, named by the folders that it lies in. */
async function gather(items: AsyncIterable<DropItem> | Iterable<DropItem>, within = ""): Promise<Given[]> {
  const found: Given[] = [];
  for await (const item of items) {
    if (isFileDropItem(item)) found.push({ name: within + item.name, file: await item.getFile() });
    else if (isDirectoryDropItem(item)) found.push(...(await gather(item.getEntries(), `${within}${item.name}/`)));
  }
  return found;
}
