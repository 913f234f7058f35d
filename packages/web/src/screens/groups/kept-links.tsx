import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useCorrections, withdraw } from "../../client/library.ts";
import { queryClient } from "../../client/query-client.ts";
import { Button } from "../../design/button.tsx";
import { Dialog } from "../../design/dialog.tsx";
import { Problem } from "../../design/states.tsx";
import { FaceThumb } from "../../design/thumbs.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count } from "../../strings/numbers.ts";

/** What persons said of faces that belong together or do not; each can be taken back. */
export function KeptLinks() {
  const { groups } = useWords();
  const { language } = useLanguage();
  const corrections = useCorrections();
  const [isOpen, setOpen] = useState(false);
  const links = (corrections.data ?? []).filter(({ kind }) => kind === "together" || kind === "apart");
  const takeBack = useMutation({
    mutationFn: withdraw,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["library"] }),
  });
  if (links.length === 0) return null;
  return (
    <>
      <Button kind="quiet" onPress={() => setOpen(true)}>
        {groups.links.button(count(links.length, language))}
      </Button>
      <Dialog title={groups.links.title} isOpen={isOpen} onClose={() => setOpen(false)}>
        {takeBack.error !== null && <Problem error={takeBack.error} />}
        <ul className="stack tight">
          {links.map(({ id, kind, faces }) => (
            <li key={id} className="row tight">
              <span className="groups-linked">
                {faces.slice(0, 6).map((face) => (
                  <FaceThumb key={face} face={face} alt="" />
                ))}
              </span>
              <span>{kind === "together" ? groups.links.together(String(faces.length)) : groups.links.apart}</span>
              <Button kind="quiet" className="push" onPress={() => takeBack.mutate(id)}>
                {groups.links.back}
              </Button>
            </li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}
