import { useState } from "react";
import { Problem, Waiting } from "../../../design/states.tsx";
import { Switch } from "../../../design/switches.tsx";
import { useWords } from "../../../strings/language.ts";
import { settingRows } from "../data/differing.ts";
import { useDetails } from "../data/queries.ts";
import type { RunDetails, SettingValue } from "../data/shapes.ts";
import { runStyle } from "../data/styles.ts";
import { RunMark } from "./run-mark.tsx";
import { Scrolled } from "./scrolled.tsx";

/** How the chosen runs were to be trained: what differs, or all of it; and what they were trained on. */
export function SettingsView({ chosen }: { readonly chosen: readonly string[] }) {
  const { settings: words } = useWords().runs;
  const [all, setAll] = useState(false);
  const details = useDetails(chosen);
  const error = details.find((one) => one.error !== null)?.error ?? null;
  if (error !== null) return <Problem error={error} />;
  const found = details.flatMap(({ data }) => data ?? []);
  if (found.length === 0) return <Waiting />;
  const rows = settingRows(found.map(({ settings }) => settings));
  const several = found.length > 1;
  const shown = several && !all ? rows.filter(({ differs }) => differs) : rows;
  return (
    <div className="stack">
      <DataCard runs={found} />
      <section className="card stack">
        {several && (
          <Switch isSelected={all} onChange={setAll}>
            {words.all}
          </Switch>
        )}
        {shown.length === 0 ? (
          <p className="soft">{words.same}</p>
        ) : (
          <Scrolled label={words.name} high>
            <table className="runs-numbers runs-settings">
              <thead>
                <tr>
                  <th scope="col">{words.name}</th>
                  {found.map(({ run }, i) => (
                    <Head key={run.name} name={run.name} place={i} />
                  ))}
                </tr>
              </thead>
              <tbody>
                {shown.map(({ name, values, differs }) => (
                  <tr key={name} className={several && differs ? "differs" : ""}>
                    <th scope="row">
                      <code>{name}</code>
                    </th>
                    {values.map((value, i) => (
                      <td key={found[i]?.run.name}>
                        <Value value={value} />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrolled>
        )}
      </section>
    </div>
  );
}

function Head({ name, place }: { readonly name: string; readonly place: number }) {
  return (
    <th scope="col">
      <span className="row tight">
        <RunMark style={runStyle(place)} />
        {name}
      </span>
    </th>
  );
}

function Value({ value }: { readonly value: SettingValue | undefined }) {
  const { settings: words } = useWords().runs;
  if (value === undefined) {
    return (
      <span className="soft" title={words.absent}>
        <span aria-hidden="true">–</span>
        <span className="only-read">{words.absent}</span>
      </span>
    );
  }
  return value === null ? <span className="soft">{words.none}</span> : String(value);
}

function DataCard({ runs: found }: { readonly runs: readonly RunDetails[] }) {
  const { settings: words } = useWords().runs;
  return (
    <section className="card stack tight">
      <h3>{words.data}</h3>
      <Scrolled label={words.data} high>
        <table className="runs-numbers runs-settings">
          <thead>
            <tr>
              <td />
              {found.map(({ run }, i) => (
                <Head key={run.name} name={run.name} place={i} />
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{words.source}</th>
              {found.map(({ run, settings }) => (
                <td key={run.name} className="name">
                  {settings["data.source"] === "generated" ? words.generated : String(settings["data.source"] ?? "")}
                </td>
              ))}
            </tr>
            {(["pixels", "labels"] as const).map((part) => (
              <tr key={part}>
                <th scope="row">{words[part]}</th>
                {found.map(({ run, data }) => (
                  <td key={run.name}>
                    <code>{data?.[part].slice(0, 12) ?? "–"}</code>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
      <p className="soft">{words.sameData}</p>
    </section>
  );
}
