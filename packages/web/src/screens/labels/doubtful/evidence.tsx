import type { Audit } from "../../../client/shapes.ts";
import { FaceThumb } from "../../../design/thumbs.tsx";
import { useWords } from "../../../strings/language.ts";
import type { Doubtful } from "./decision.ts";
import { besideOf, useNeighbours } from "./use-neighbours.ts";

/** The most alike faces of the label that was given, and of what is suggested: a person sees which they are like. */
export function Evidence({ shown, audit }: { readonly shown: Doubtful; readonly audit: Audit }) {
  const { labels } = useWords();
  return (
    <section className="evidence">
      <h3>{labels.evidence.title}</h3>
      <Row shown={shown} audit={audit} label={shown.given} />
      <Row shown={shown} audit={audit} label={shown.suggested} />
    </section>
  );
}

function Row({ shown, audit, label }: { readonly shown: Doubtful; readonly audit: Audit; readonly label: string }) {
  const { labels, look } = useWords();
  const beside = besideOf(audit, shown, label);
  const { data: hits } = useNeighbours(shown.face, beside);
  const name = "expression" in beside ? labels.evidence.looks(look(beside.expression)) : labels.evidence.inFolder(beside.folder);
  return (
    <figure>
      <figcaption className="soft">{name}</figcaption>
      <ul className="evidence-faces">
        {hits?.map(({ face, expression, alike }) => (
          <li key={face}>
            <FaceThumb face={face} alt={labels.evidence.face(look(expression), alike === undefined ? "" : labels.alike[alike])} />
            {alike !== undefined && <span className="soft">{labels.alike[alike]}</span>}
          </li>
        ))}
        {hits?.length === 0 && <li className="none soft">{labels.evidence.none}</li>}
      </ul>
    </figure>
  );
}
