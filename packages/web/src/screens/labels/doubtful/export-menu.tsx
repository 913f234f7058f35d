import { useMutation } from "@tanstack/react-query";
import { saveExport } from "../../../client/save.ts";
import { Button } from "../../../design/button.tsx";
import { LabelsIcon } from "../../../design/icons/screens.tsx";
import { CheckIcon, DownloadIcon } from "../../../design/icons/signs.tsx";
import { Menu } from "../../../design/menu.tsx";
import { notify } from "../../../design/notices.tsx";
import { Problem } from "../../../design/states.tsx";
import { useWords } from "../../../strings/language.ts";
import type { Threshold } from "./use-audit.ts";

/** Takes the corrections with one, as a list that a training reads. */
export function useCorrectionsExport(threshold: Threshold) {
  const { labels } = useWords();
  return useMutation({
    mutationFn: (decided: boolean) => saveExport("/exports/corrections", { threshold: Number(threshold), decided }, "corrections.csv"),
    onSuccess: () => notify({ text: labels.export.note }),
  });
}

export function ExportMenu({ threshold, isDisabled }: { readonly threshold: Threshold; readonly isDisabled: boolean }) {
  const { labels } = useWords();
  const save = useCorrectionsExport(threshold);
  return (
    <>
      <Menu
        label={labels.export.button}
        trigger={
          <Button icon={<DownloadIcon />} isDisabled={isDisabled}>
            {labels.export.button}
          </Button>
        }
        items={[
          { id: "decided", name: labels.export.decided, icon: <CheckIcon />, onPress: () => save.mutate(true) },
          { id: "all", name: labels.export.all, icon: <LabelsIcon />, onPress: () => save.mutate(false) },
        ]}
      />
      {save.error !== null && <Problem error={save.error} />}
    </>
  );
}
