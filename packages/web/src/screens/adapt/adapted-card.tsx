import { useState } from "react";
import { Button } from "../../design/button.tsx";
import { Confirm } from "../../design/dialog.tsx";
import { notify } from "../../design/notices.tsx";
import { Problem } from "../../design/states.tsx";
import { useWords } from "../../strings/language.ts";
import type { useAdapting } from "./use-adapting.ts";

/** Says that an adapted model answers, and takes it away. */
export function AdaptedCard({ forget }: { readonly forget: ReturnType<typeof useAdapting>["forget"] }) {
  const { adapt } = useWords();
  const { kept } = adapt;
  const [isAsking, setAsking] = useState(false);
  return (
    <section className="card stack tight">
      <h2>{kept.title}</h2>
      <p className="soft">{kept.text}</p>
      {forget.error !== null && <Problem error={forget.error} />}
      <div>
        <Button onPress={() => setAsking(true)}>{kept.forget}</Button>
      </div>
      <Confirm
        title={kept.confirm}
        action={kept.forget}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => forget.mutate(undefined, { onSuccess: () => notify({ text: kept.forgotten }) })}
      >
        <p>{kept.confirmText}</p>
      </Confirm>
    </section>
  );
}
