import { useState } from "react";
import { IconButton, LinkButton } from "../../design/button.tsx";
import { Confirm } from "../../design/dialog.tsx";
import { TrashIcon } from "../../design/icons/signs.tsx";
import { notify } from "../../design/notices.tsx";
import { Problem } from "../../design/states.tsx";
import { useWords } from "../../strings/language.ts";
import { useForgetTaught, useTaughtNames } from "./use-taught.ts";

/** What the library was taught, to be searched for or forgotten. */
export function TaughtCard() {
  const { adapt } = useWords();
  const { teach } = adapt;
  const { data: names = [], error } = useTaughtNames(true);
  const forget = useForgetTaught();
  const [asked, setAsked] = useState<string>();
  if (names.length === 0 && error === null) return null;
  return (
    <section className="card stack tight">
      <h2>{teach.taught}</h2>
      {(error ?? forget.error) !== null && <Problem error={error ?? forget.error} />}
      <ul>
        {names.map((name) => (
          <li key={name} className="taught">
            <span className="name">{name}</span>
            <LinkButton kind="quiet" href={`/search?words=${encodeURIComponent(name)}`}>
              {teach.search}
            </LinkButton>
            <IconButton label={teach.forget(name)} icon={<TrashIcon />} onPress={() => setAsked(name)} />
          </li>
        ))}
      </ul>
      <Confirm
        title={teach.confirm(asked ?? "")}
        action={teach.forget(asked ?? "")}
        isOpen={asked !== undefined}
        onClose={() => setAsked(undefined)}
        onConfirm={() => {
          if (asked !== undefined) forget.mutate(asked, { onSuccess: () => notify({ text: teach.forgotten(asked) }) });
        }}
      >
        <p>{teach.confirmText}</p>
      </Confirm>
    </section>
  );
}
