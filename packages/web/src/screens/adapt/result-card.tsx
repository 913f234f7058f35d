import { Button } from "../../design/button.tsx";
import { Look } from "../../design/classes.tsx";
import { notify } from "../../design/notices.tsx";
import { Problem } from "../../design/states.tsx";
import { useLanguage, useWords, type Words } from "../../strings/language.ts";
import { count } from "../../strings/numbers.ts";
import type { Adapted, Estimate, useAdapting } from "./use-adapting.ts";

export interface ResultCardProps {
  readonly result: Adapted;
  readonly job: number;
  readonly adapting: ReturnType<typeof useAdapting>;
  readonly classes: readonly string[];
}

/** What an adapted model is worth on people that it had not seen: the conclusion first, then before and after, then per expression. */
export function ResultCard({ result, job, adapting, classes }: ResultCardProps) {
  const { adapt } = useWords();
  const { language } = useLanguage();
  const words = adapt.result;
  const { before, after, difference, better, faces, persons, gained, lost, notes } = result;
  const { keep, drop } = adapting;
  return (
    <section className="card stack tight adapt-result">
      <h2>{words.title}</h2>
      <p>
        <b>{!better ? words.notBetter : difference.value > 0 ? words.better : words.surer}</b>
      </p>
      <div className="before-after">
        <Interval name={words.before} estimate={before.accuracy} />
        <Interval name={words.after} estimate={after.accuracy} isAfter />
      </div>
      <p className="soft">
        {words.right}: {differenceInWords(difference, words)}. {words.people(count(gained, language), count(lost, language))}{" "}
        {after.accuracy.low !== null && words.meaning}
      </p>
      {keep.error !== null && <Problem error={keep.error} />}
      <div className="row tight">
        {better && (
          <Button kind="primary" onPress={() => !keep.isPending && keep.mutate(job, { onSuccess: () => notify({ text: words.kept }) })}>
            {words.keep}
          </Button>
        )}
        <Button
          isDisabled={keep.isPending}
          onPress={() => {
            drop(job);
            notify({ text: words.dropped });
          }}
        >
          {words.drop}
        </Button>
      </div>
      <details>
        <summary>{words.perClass}</summary>
        <table className="per-class">
          <thead>
            <tr>
              <th scope="col">{words.expression}</th>
              <th scope="col">{words.faces}</th>
              <th scope="col">{words.before}</th>
              <th scope="col">{words.after}</th>
            </tr>
          </thead>
          <tbody>
            {after.perClass.map(({ name, n, recall }, i) => (
              <tr key={name}>
                <th scope="row">
                  <Look name={name} classes={classes} />
                </th>
                <td>{count(n, language)}</td>
                <td>{share(before.perClass[i]?.recall.value)}</td>
                <td>{share(recall.value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      <p className="soft">{words.lead(count(faces, language), count(persons, language))}</p>
      {notes.map((note) => (
        <p key={note} className="soft">
          {noteInWords(note, words)}
        </p>
      ))}
    </section>
  );
}

/** A share as a point, with the interval in which the true one lies as a bar. */
function Interval({ name, estimate, isAfter = false }: { readonly name: string; readonly estimate: Estimate; readonly isAfter?: boolean }) {
  const { adapt } = useWords();
  const { value, low, high } = estimate;
  return (
    <div className={isAfter ? "interval after" : "interval"}>
      <span>{name}</span>
      <span className="interval-track" aria-hidden="true">
        {low !== null && high !== null && <i style={{ insetInlineStart: `${low}%`, inlineSize: `${high - low}%` }} />}
        <b style={{ insetInlineStart: `${value}%` }} />
      </span>
      <span className="numbers">
        <strong>{share(value)}</strong>
        {low !== null && high !== null && <span className="soft"> {adapt.result.interval(low.toFixed(0), high.toFixed(0))}</span>}
      </span>
    </div>
  );
}

function differenceInWords({ value, low, high }: Estimate, words: Words["adapt"]["result"]): string {
  const points = words.difference(signed(value));
  return low === null || high === null ? points : `${points} (${words.interval(signed(low), signed(high))})`;
}

const share = (value: number | null | undefined) => (value === null || value === undefined ? "" : `${Math.round(value)} %`);
const signed = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;

/** What the command remarks, in the page's own language where it is known. */
function noteInWords(note: string, words: Words["adapt"]["result"]): string {
  if (note.startsWith("Nothing says who is in a picture")) return words.unknownPersons;
  return note.startsWith("All faces are of one person") ? words.onePerson : note;
}
