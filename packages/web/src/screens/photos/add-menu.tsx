import { useRef, useState } from "react";
import { useAbout, useJob } from "../../client/library.ts";
import { Button } from "../../design/button.tsx";
import { PhotosIcon } from "../../design/icons/screens.tsx";
import { FolderIcon, PlusIcon, RefreshIcon, UploadIcon } from "../../design/icons/signs.tsx";
import { Menu } from "../../design/menu.tsx";
import { useWords } from "../../strings/language.ts";
import { OpenFolder } from "./open-folder.tsx";
import type { Adding } from "./use-adding.ts";

/** Where photos come from: the folder read anew, files that are copied into it, or another folder. */
export function AddMenu({ adding }: { readonly adding: Adding }) {
  const { photos } = useWords();
  const { data: about } = useAbout();
  const { isRunning, start } = useJob("index");
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [isOpening, setOpening] = useState(false);
  const take = (input: HTMLInputElement) => {
    adding.add([...(input.files ?? [])].map((file) => ({ name: file.webkitRelativePath || file.name, file })));
    input.value = "";
  };
  const canOpen = about?.can.includes("folders") === true;
  if (about === undefined || (about.readonly && !canOpen)) return null;
  const items = [
    ...(about.readonly
      ? []
      : [
          {
            id: "read",
            name: photos.add.read,
            icon: <RefreshIcon />,
            isDisabled: isRunning,
            onPress: () => start.mutate({ kind: "index" }),
          },
        ]),
    ...(adding.canAdd
      ? [
          { id: "files", name: photos.add.files, icon: <PhotosIcon />, isDisabled: adding.isBusy, onPress: () => files.current?.click() },
          {
            id: "folder",
            name: photos.add.folder,
            icon: <UploadIcon />,
            isDisabled: adding.isBusy,
            onPress: () => folder.current?.click(),
          },
        ]
      : []),
    ...(canOpen ? [{ id: "open", name: photos.add.open, icon: <FolderIcon />, onPress: () => setOpening(true) }] : []),
  ];
  return (
    <>
      <Menu label={photos.add.button} trigger={<Button icon={<PlusIcon />}>{photos.add.button}</Button>} items={items} />
      <input ref={files} type="file" hidden multiple accept="image/*,.heic,.heif,.hif,.dng,.mpo" onChange={(event) => take(event.target)} />
      <input ref={folder} type="file" hidden multiple {...{ webkitdirectory: "" }} onChange={(event) => take(event.target)} />
      {isOpening && <OpenFolder onClose={() => setOpening(false)} />}
    </>
  );
}
