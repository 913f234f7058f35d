import { Route, Switch } from "wouter";
import { home } from "../../client/home.ts";
import { useAbout } from "../../client/library.ts";
import { LinkButton } from "../../design/button.tsx";
import { RunsIcon } from "../../design/icons/screens.tsx";
import { PlusIcon } from "../../design/icons/signs.tsx";
import { Empty, Problem, Waiting } from "../../design/states.tsx";
import { Tabs } from "../../design/tabs.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count } from "../../strings/numbers.ts";
import { AccuracyView } from "./charts/accuracy-view.tsx";
import { CurvesView } from "./charts/curves-view.tsx";
import { MapView } from "./charts/map-view.tsx";
import { SettingsView } from "./charts/settings-view.tsx";
import { hasFolder, useChoice } from "./data/choice.ts";
import { useRunEvents, useRuns } from "./data/queries.ts";
import { runColors } from "./data/styles.ts";
import { RunList } from "./run-list.tsx";
import { StartPage } from "./start/start-page.tsx";
import "./runs.css";

export default function RunsScreen() {
  const about = useAbout();
  const { runs } = useWords();
  const can = (about.data as { readonly can?: readonly string[] } | undefined)?.can;
  if (about.data === undefined) return about.error === null ? <Waiting /> : <Problem error={about.error} />;
  if (can?.includes("runs") !== true) {
    return (
      <div className="screen">
        <header className="screen-head">
          <h1>{runs.title}</h1>
        </header>
        <Empty icon={<RunsIcon />} title={runs.missing.title}>
          <p>{home === "browser" ? runs.missing.browser : runs.missing.text}</p>
          {home === "server" && <p>{runs.missing.how}</p>}
        </Empty>
      </div>
    );
  }
  return (
    <Switch>
      <Route path="/runs/new">
        <StartPage />
      </Route>
      <Route>
        <Runs />
      </Route>
    </Switch>
  );
}

function Runs() {
  const { runs: words } = useWords();
  const { language } = useLanguage();
  useRunEvents();
  const runs = useRuns();
  const list = runs.data?.runs ?? [];
  const { chosen, view, choose, show } = useChoice(list);
  const shown = chosen.filter((name) => list.some((run) => run.name === name && hasFolder(run)));
  const start = (
    <LinkButton kind="primary" href="/runs/new" icon={<PlusIcon />}>
      {words.start.button}
    </LinkButton>
  );
  return (
    <div className="screen" style={runColors}>
      <header className="screen-head">
        <div>
          <h1>{words.title}</h1>
          <p className="soft">{words.lead}</p>
        </div>
        {list.length > 0 && <span className="soft">{words.count(count(list.length, language))}</span>}
        <span className="push" />
        {list.length > 0 && start}
      </header>
      {runs.error !== null && <Problem error={runs.error} onRetry={() => void runs.refetch()} />}
      {runs.isPending && <Waiting />}
      {runs.data !== undefined && list.length === 0 && (
        <Empty icon={<RunsIcon />} title={words.none.title}>
          <p className="name">{words.none.text(runs.data.folder)}</p>
          {start}
        </Empty>
      )}
      {list.length > 0 && (
        <div className="runs-split">
          <RunList runs={list} chosen={chosen} shown={shown} onChoose={choose} />
          <Tabs
            label={words.views.label}
            selected={view}
            onChange={show}
            tabs={[
              { id: "curves", name: words.views.curves, content: <CurvesView chosen={shown} /> },
              { id: "accuracy", name: words.views.accuracy, content: <AccuracyView chosen={shown} /> },
              { id: "map", name: words.views.map, content: <MapView chosen={shown} /> },
              { id: "settings", name: words.views.settings, content: <SettingsView chosen={shown} /> },
            ]}
          />
        </div>
      )}
    </div>
  );
}
