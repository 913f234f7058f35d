import { Button } from "../../../design/button.tsx";
import { CheckIcon } from "../../../design/icons/signs.tsx";
import { Empty } from "../../../design/states.tsx";
import { useLanguage, useWords } from "../../../strings/language.ts";
import { count } from "../../../strings/numbers.ts";

/** Labels, and none of them doubtful. */
export function NothingDoubtful({ faces, onMore }: { readonly faces: number; readonly onMore?: () => void }) {
  const { labels } = useWords();
  const { language } = useLanguage();
  return (
    <Empty icon={<CheckIcon />} title={labels.none.title}>
      <p>{labels.none.text(count(faces, language))}</p>
      {onMore !== undefined && <Button onPress={onMore}>{labels.none.more}</Button>}
    </Empty>
  );
}
