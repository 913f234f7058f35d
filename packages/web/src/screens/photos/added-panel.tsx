import { IconButton } from "../../design/button.tsx";
import { CloseIcon } from "../../design/icons/signs.tsx";
import { Progress } from "../../design/progress.tsx";
import { Problem } from "../../design/states.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count } from "../../strings/numbers.ts";
import type { Adding } from "./use-adding.ts";

/** How far the copying is, and what came of it. */
export function AddedPanel({ adding: { progress, result, error, refusal, close } }: { readonly adding: Adding }) {
  const { photos, design } = useWords();
  const { language } = useLanguage();
  const { add } = photos;
  if (progress !== undefined) {
    const { done, total } = progress;
    return (
      <section className="card">
        <Progress label={add.copying} value={done / total} valueText={add.of(count(done, language), count(total, language))} />
      </section>
    );
  }
  if (error !== null) return <Problem error={error} />;
  if (result === undefined && refusal === undefined) return null;
  return (
    <section className="card photos-added" role="status">
      <div className="stack tight">
        {refusal !== undefined && <p>{add[refusal]}</p>}
        {result !== undefined && (
          <p>
            {result.added.length === 0 ? add.nothing : add.added(count(result.added.length, language), folderOf(result.added))}{" "}
            {result.already.length > 0 && add.already(count(result.already.length, language))}
          </p>
        )}
        {result !== undefined && result.refused.length > 0 && (
          <>
            <p>{add.refused(count(result.refused.length, language))}</p>
            <ul className="photos-reasons">
              {result.refused.map(({ name, reason }) => (
                <li key={name}>
                  <b className="name">{name}</b> <span className="soft">{reason}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <IconButton label={design.close} icon={<CloseIcon />} onPress={close} />
    </section>
  );
}

/** The folder that photos were copied into: the first part of their paths. */
const folderOf = (paths: readonly string[]) => paths[0]?.split("/")[0] ?? "";
