import { useState } from "react";
import { home } from "../../client/home.ts";
import { useErase, useStorage } from "../../client/storage.ts";
import { Button } from "../../design/button.tsx";
import { Confirm } from "../../design/dialog.tsx";
import { notify } from "../../design/notices.tsx";
import { Problem } from "../../design/states.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count, size } from "../../strings/numbers.ts";

/** What this browser keeps, and how it goes; nothing where a server keeps it. */
export function Storage() {
  const { browser } = useWords();
  const { language } = useLanguage();
  const { data: storage, error } = useStorage();
  const erase = useErase();
  const [asks, setAsks] = useState(false);
  if (home !== "browser") return null;
  const words = browser.storage;
  return (
    <section className="card">
      <h2>{words.title}</h2>
      {storage !== undefined && (
        <p>
          {storage.kept ? words.taken(count(storage.copies, language), size(storage.bytes, language)) : browser.unkept}{" "}
          {storage.left !== undefined && words.left(size(storage.left, language))}
        </p>
      )}
      {(error ?? erase.error) !== null && <Problem error={error ?? erase.error} />}
      <Button kind="danger" isDisabled={erase.isPending} onPress={() => setAsks(true)}>
        {words.erase}
      </Button>
      <Confirm
        title={words.sure}
        action={words.erase}
        isOpen={asks}
        onClose={() => setAsks(false)}
        onConfirm={() => erase.mutate(undefined, { onSuccess: () => notify({ text: words.erased }) })}
      >
        <p>{words.gone}</p>
      </Confirm>
    </section>
  );
}
