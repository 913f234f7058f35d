import { useWords } from "../../strings/language.ts";

/** Keys that do something, and where. */
export function Keys() {
  const { keys } = useWords().about;
  const { names } = keys;
  const rows = [
    [names.arrows, keys.grid],
    ["Enter", keys.enter],
    ["Esc", keys.escape],
    [names.sides, keys.photo],
    [names.zoom, keys.map],
    ["R", keys.rectangle],
  ] as const;
  return (
    <section className="card stack tight">
      <h2>{keys.title}</h2>
      <p>{keys.lead}</p>
      <table className="about-table about-keys">
        <thead>
          <tr>
            <th scope="col">{keys.key}</th>
            <th scope="col">{keys.what}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([key, what]) => (
            <tr key={key}>
              <th scope="row">{key}</th>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="soft">{keys.labels}</p>
    </section>
  );
}
