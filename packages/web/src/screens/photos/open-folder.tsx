import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { api } from "../../client/api.ts";
import { queryClient } from "../../client/query-client.ts";
import type { FolderList } from "../../client/shapes.ts";
import { Button } from "../../design/button.tsx";
import { Dialog } from "../../design/dialog.tsx";
import { BackIcon, FolderIcon } from "../../design/icons/signs.tsx";
import { Problem, Waiting } from "../../design/states.tsx";
import { useWords } from "../../strings/language.ts";

/** Chooses another folder of this machine, to open it in place of this one. */
export function OpenFolder({ onClose }: { readonly onClose: () => void }) {
  const { photos, design } = useWords();
  const [path, setPath] = useState<string>();
  const [, navigate] = useLocation();
  const list = useQuery({
    queryKey: ["folders", path],
    queryFn: ({ signal }) => api<FolderList>("/folders/list", { method: "POST", body: { ...(path !== undefined && { path }) }, signal }),
    placeholderData: (before) => before,
    gcTime: 0,
  });
  const open = useMutation({
    mutationFn: (chosen: string) => api<void>("/library", { method: "POST", body: { path: chosen } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      navigate("/photos");
      onClose();
    },
  });
  const here = list.data;
  const actions = (
    <>
      <Button onPress={onClose}>{design.cancel}</Button>
      <Button kind="primary" isDisabled={here === undefined || open.isPending} onPress={() => here && open.mutate(here.path)}>
        {photos.open.open}
      </Button>
    </>
  );
  return (
    <Dialog title={photos.open.title} isOpen onClose={onClose} actions={actions}>
      <p className="soft">{photos.open.text}</p>
      {list.error !== null && <Problem error={list.error} />}
      {open.error !== null && <Problem error={open.error} />}
      {here === undefined ? (
        list.error === null && <Waiting />
      ) : (
        <div className="photos-folders">
          <p>
            <span className="only-read">{photos.open.here}: </span>
            <b className="name">{here.path}</b>
          </p>
          <ul>
            {here.parent !== undefined && (
              <li>
                <Button kind="quiet" icon={<BackIcon />} onPress={() => setPath(here.parent)}>
                  {photos.open.up}
                </Button>
              </li>
            )}
            {here.folders.map((folder) => (
              <li key={folder.path}>
                <Button kind="quiet" icon={<FolderIcon />} onPress={() => setPath(folder.path)}>
                  <span className="name">{folder.name}</span>
                  {folder.library && <span className="badge">{photos.open.known}</span>}
                </Button>
              </li>
            ))}
          </ul>
          {here.folders.length === 0 && <p className="soft">{photos.open.none}</p>}
        </div>
      )}
    </Dialog>
  );
}
