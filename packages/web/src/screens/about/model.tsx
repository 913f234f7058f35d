import type { About } from "../../client/shapes.ts";
import { Look } from "../../design/classes.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count, percent } from "../../strings/numbers.ts";

type Described = NonNullable<About["model"]>;

/** The model's name, and how good it is: in all and per look, as its card says. */
export function Model({ model }: { readonly model: Described | undefined }) {
  const { about } = useWords();
  const { language } = useLanguage();
  const words = about.model;
  const accuracy = model?.measured?.metrics.accuracy;
  const share = (rate: number) => percent(rate / 100, language);
  return (
    <section className="card stack tight">
      <h2>{words.title}</h2>
      {model === undefined && <p>{words.none}</p>}
      {model !== undefined && (
        <p>
          {words.named(model.name, model.version)} {model.adapted && words.adapted}
        </p>
      )}
      {model?.measured !== undefined && accuracy !== undefined && (
        <>
          <p>
            <b>{words.right(share(accuracy.value), count(model.measured.n, language))}</b>{" "}
            {words.interval(share(accuracy.low), share(accuracy.high))}
          </p>
          <p className="soft">{words.on(model.measured.data)}</p>
          <Recall recall={model.measured.recall} classes={model.classes} />
        </>
      )}
    </section>
  );
}

type Rates = NonNullable<Described["measured"]>["recall"];

function Recall({ recall, classes }: { readonly recall: Rates; readonly classes: readonly string[] }) {
  const { about } = useWords();
  const { language } = useLanguage();
  const words = about.model;
  if (recall === undefined) return null;
  return (
    <table className="about-table">
      <caption>{words.perLook}</caption>
      <thead>
        <tr>
          <th scope="col">{words.look}</th>
          <th scope="col">{words.share}</th>
          <th scope="col">{words.faces}</th>
        </tr>
      </thead>
      <tbody className="numbers">
        {Object.entries(recall).map(([name, { value, n }]) => (
          <tr key={name}>
            <th scope="row">
              <Look name={name} classes={classes} />
            </th>
            <td>{percent(value / 100, language)}</td>
            <td>{count(n, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
