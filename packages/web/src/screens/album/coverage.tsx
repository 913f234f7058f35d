import { looks } from "../../strings/en/looks.ts";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count, percent } from "../../strings/numbers.ts";
import type { Album } from "./use-album.ts";

/** What the pictures cover, and what they do not. */
export function Coverage({ album }: { readonly album: Album }) {
  const words = useWords();
  const { language } = useLanguage();
  const { coverage, of, pictures, groups, withoutFaces } = album;
  const missing = notShown(album);
  return (
    <section className="card album-coverage" aria-label={words.album.covers.title}>
      <p className="album-all">
        <b className="numbers">{percent(coverage.all, language)}</b>
        <span>{words.album.covers.all(count(pictures.length, language), count(of.photos, language))}</span>
      </p>
      <dl className="album-aspects">
        {(["expression", "people", "time"] as const).map((aspect) => (
          <div key={aspect}>
            <dt>{words.album.covers[aspect]}</dt>
            <dd>
              <span className="album-bar" aria-hidden="true">
                <i style={{ inlineSize: `${100 * coverage[aspect]}%` }} />
              </span>
              <span className="numbers">{percent(coverage[aspect], language)}</span>
            </dd>
          </div>
        ))}
      </dl>
      <div className="stack tight soft">
        {missing.length > 0 && (
          <p>
            {words.album.covers.missing(
              missing.map(({ name, faces }) => words.album.covers.group(lookOf(name, words.look), count(faces, language))).join(", "),
            )}
          </p>
        )}
        {missing.length === 0 && groups.length > 1 && <p>{words.album.covers.every}</p>}
        {withoutFaces.length > 0 && <p>{words.album.covers.faceless(count(withoutFaces.length, language))}</p>}
      </div>
    </section>
  );
}

/** Groups of expressions that no picture shows. */
function notShown({ groups, pictures }: Album) {
  const shown = new Set(pictures.flatMap(({ faces }) => faces.map(({ expression }) => inEnglish(expression))));
  const all = new Map<string, number>();
  for (const { name, faces } of groups) if (!shown.has(name)) all.set(name, (all.get(name) ?? 0) + faces);
  return [...all].map(([name, faces]) => ({ name, faces }));
}

const known: Readonly<Record<string, string>> = looks.known;
const inEnglish = (expression: string): string => known[expression] ?? looks.other(expression);

/** The home's English words in the page's language. */
function lookOf(name: string, look: (expression: string) => string): string {
  const expression = Object.keys(known).find((one) => known[one] === name);
  return expression === undefined ? name : look(expression);
}
