import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../client/api.ts";
import { useAbout } from "../../client/library.ts";
import { saveExport } from "../../client/save.ts";
import { Button } from "../../design/button.tsx";
import { Dialog } from "../../design/dialog.tsx";
import { TextField } from "../../design/fields.tsx";
import { AlbumIcon, LabelsIcon } from "../../design/icons/screens.tsx";
import { DownloadIcon, FolderIcon } from "../../design/icons/signs.tsx";
import { Menu } from "../../design/menu.tsx";
import { notify } from "../../design/notices.tsx";
import { Problem } from "../../design/states.tsx";
import { useWords } from "../../strings/language.ts";

export interface ExportMenuProps {
  /** What POST /api/album was asked. */
  readonly body: object;
  /** The album's photos, in its order. */
  readonly photos: readonly number[];
  readonly onProblem: (error: unknown) => void;
}

/** Takes the album with one: as a page with its pictures, as a list, or as copies of the photos in a folder. */
export function ExportMenu({ body, photos, onProblem }: ExportMenuProps) {
  const { album } = useWords();
  const { data: about } = useAbout();
  const [isCopying, setCopying] = useState(false);
  const save = useMutation({
    mutationFn: (format: "html" | "csv" | "json") => saveExport("/exports/album", { ...body, format }, `album.${format}`),
    onError: onProblem,
  });
  const can = (ability: string) => (about?.can as readonly string[] | undefined)?.includes(ability) === true;
  return (
    <>
      <Menu
        label={album.exports.title}
        trigger={
          <Button icon={<DownloadIcon />} isDisabled={photos.length === 0 || save.isPending}>
            {album.exports.title}
          </Button>
        }
        items={[
          ...(can("page") ? [{ id: "html", name: album.exports.page, icon: <AlbumIcon />, onPress: () => save.mutate("html") }] : []),
          ...(can("copy") ? [{ id: "copy", name: album.exports.copy, icon: <FolderIcon />, onPress: () => setCopying(true) }] : []),
          { id: "csv", name: album.exports.list, icon: <LabelsIcon />, onPress: () => save.mutate("csv") },
          { id: "json", name: album.exports.json, icon: <LabelsIcon />, onPress: () => save.mutate("json") },
        ]}
      />
      <CopyDialog isOpen={isCopying} photos={photos} onClose={() => setCopying(false)} />
    </>
  );
}

export interface CopyDialogProps {
  readonly isOpen: boolean;
  readonly photos: readonly number[];
  readonly onClose: () => void;
}

/** Asks for a folder, and has the photos copied there as they are. What was typed stays if it is refused. */
export function CopyDialog({ isOpen, photos, onClose }: CopyDialogProps) {
  const { album } = useWords();
  const { data: about } = useAbout();
  const [to, setTo] = useState("");
  const copy = useMutation({
    mutationFn: () => api<{ folder: string; written: number }>("/exports/copy", { method: "POST", body: { photos, to: to.trim() } }),
    onSuccess: ({ folder, written }) => {
      notify({ text: album.exports.copied(String(written), folder) });
      onClose();
    },
  });
  const start = () => to.trim() !== "" && copy.mutate();
  return (
    <Dialog
      title={album.exports.copy}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <Button kind="primary" isDisabled={to.trim() === "" || copy.isPending} onPress={start}>
          {album.exports.start}
        </Button>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          start();
        }}
      >
        <TextField label={album.exports.folder} note={album.exports.note} placeholder={about?.root} value={to} onChange={setTo} autoFocus />
      </form>
      {copy.error !== null && <Problem error={copy.error} />}
    </Dialog>
  );
}
