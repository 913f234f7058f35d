import { useState } from "react";
import { correct, useAbout, withdraw } from "../../client/library.ts";
import { queryClient } from "../../client/query-client.ts";
import type { Photo } from "../../client/shapes.ts";
import { IconButton } from "../../design/button.tsx";
import { HideIcon, MoreIcon } from "../../design/icons/signs.tsx";
import { Menu } from "../../design/menu.tsx";
import { notify } from "../../design/notices.tsx";
import { Problem } from "../../design/states.tsx";
import { useWords } from "../../strings/language.ts";

/** What can be done with the whole photo. */
export function PhotoMenu({ photo, onHidden }: { readonly photo: Photo; readonly onHidden: () => void }) {
  const { photos, design } = useWords();
  const { data: about } = useAbout();
  const [error, setError] = useState<unknown>();
  if (about === undefined || about.readonly) return null;
  const hide = async () => {
    try {
      const id = await correct({ kind: "hide", path: photo.path });
      notify({ text: photos.photo.hidden, action: { name: design.undo, onPress: () => void withdraw(id).then(askAgain) } });
      await askAgain();
      onHidden();
    } catch (refusal) {
      setError(refusal);
    }
  };
  return (
    <>
      <Menu
        label={photos.photo.more}
        trigger={<IconButton label={photos.photo.more} icon={<MoreIcon />} />}
        items={[{ id: "hide", name: photos.photo.hide, icon: <HideIcon />, onPress: () => void hide() }]}
      />
      {error !== undefined && <Problem error={error} />}
    </>
  );
}

const askAgain = () => queryClient.invalidateQueries({ queryKey: ["library"] });
