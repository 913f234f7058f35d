import { useMemo } from "react";
import { useAbout, useClasses } from "../../client/library.ts";
import { useFaceColumns } from "../../client/photos.ts";
import { LinkButton } from "../../design/button.tsx";
import { AdaptIcon } from "../../design/icons/screens.tsx";
import { Empty, Problem, Waiting } from "../../design/states.tsx";
import { SubNav } from "../../design/sub-nav.tsx";
import { useWords } from "../../strings/language.ts";
import { AdaptedCard } from "./adapted-card.tsx";
import { rowsOf } from "./faces-to-choose.ts";
import { Picker } from "./picker.tsx";
import { ResultCard } from "./result-card.tsx";
import { TaughtCard } from "./taught-card.tsx";
import { useAdapting } from "./use-adapting.ts";
import { YourLabels } from "./your-labels.tsx";
import "./adapt.css";

/** "These are mine": faces are labelled, and the model is adapted to them or taught something new. */
export default function AdaptScreen() {
  const { adapt, labels } = useWords();
  const { data: about } = useAbout();
  const classes = useClasses();
  const hasFaces = (about?.faces ?? 0) > 0;
  const faces = useFaceColumns(hasFaces);
  const rows = useMemo(() => (faces.data === undefined ? [] : rowsOf(faces.data)), [faces.data]);
  const adapting = useAdapting();
  const can = (ability: string) => about?.can.includes(ability) === true && !about.readonly;
  return (
    <div className="screen stack">
      <header className="screen-head adapt-head">
        <div>
          <h1>{labels.title}</h1>
          <p className="soft">{adapt.lead}</p>
        </div>
      </header>
      <SubNav
        label={adapt.parts}
        links={[
          { href: "/labels", name: adapt.doubtful },
          { href: "/labels/votes", name: adapt.vote },
          { href: "/adapt", name: adapt.title },
        ]}
      />
      {about?.readonly === true && <p className="soft">{adapt.readonly}</p>}
      {about !== undefined && !about.readonly && !can("adapt") && <p className="soft">{adapt.cannot}</p>}
      {faces.error !== null && <Problem error={faces.error} onRetry={() => void faces.refetch()} />}
      {about === undefined || (hasFaces && faces.data === undefined && faces.error === null) ? (
        <Waiting />
      ) : !hasFaces ? (
        <Empty icon={<AdaptIcon />} title={adapt.empty.title}>
          <p>{adapt.empty.text}</p>
          <LinkButton href="/photos">{adapt.empty.go}</LinkButton>
        </Empty>
      ) : (
        <div className="adapt-both">
          <Picker rows={rows} classes={classes} canLabel={!about.readonly} canTeach={can("teach")} />
          <aside className="stack">
            {adapting.result !== undefined && adapting.job !== undefined && (
              <ResultCard result={adapting.result} job={adapting.job.id} adapting={adapting} classes={classes} />
            )}
            <YourLabels rows={rows} classes={classes} canAdapt={can("adapt")} adapting={adapting} />
            {about.model?.adapted === true && can("adapt") && <AdaptedCard forget={adapting.forget} />}
            {can("teach") && <TaughtCard />}
          </aside>
        </div>
      )}
    </div>
  );
}
