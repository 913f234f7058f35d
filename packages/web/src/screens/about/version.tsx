import { useWords } from "../../strings/language.ts";

const version = import.meta.env.SEMBLANT_VERSION as string;
const source = "https://github.com/semblant/semblant";

/** Which version this is, and what one may do with it. */
export function Version({ licence }: { readonly licence: string | undefined }) {
  const words = useWords().about.version;
  return (
    <section className="card stack tight">
      <h2>{words.title}</h2>
      <p>{words.text(version)}</p>
      {licence !== undefined && (
        <p className="soft">
          {words.weights} {licence}
        </p>
      )}
      <p>
        <a href={source} target="_blank" rel="noreferrer">
          {words.code}
        </a>
      </p>
    </section>
  );
}
