import { useLanguage, useWords } from "../../../strings/language.ts";
import { count, percent } from "../../../strings/numbers.ts";
import { agreementOf, type Votes, votersOf } from "./votes.ts";

/** How far voters agree, and how much each voted. What they said of single faces is not shown: it would sway the next. */
export function Agreement({ votes, gone }: { readonly votes: Votes; readonly gone: number }) {
  const { labels } = useWords();
  const { language } = useLanguage();
  const { share, faces } = agreementOf(votes);
  const voters = votersOf(votes);
  return (
    <section className="card stack tight">
      <h2>{labels.votes.agreement}</h2>
      <p>{share === undefined ? labels.votes.agreeNone : labels.votes.agree(percent(share, language), count(faces, language))}</p>
      {voters.length > 0 && (
        <ul className="voters" aria-label={labels.votes.voters}>
          {voters.map(({ voter, votes: given }) => (
            <li key={voter}>
              <span className="name">{voter}</span>
              <span className="soft numbers">{labels.votes.ofVoter(count(given, language))}</span>
            </li>
          ))}
        </ul>
      )}
      {votes.faces.length > 0 && (
        <p className="soft">
          {labels.votes.counts(count(votes.faces.length, language))}
          {gone > 0 && ` ${labels.votes.gone(count(gone, language))}`}
        </p>
      )}
    </section>
  );
}
