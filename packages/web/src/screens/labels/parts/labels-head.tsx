import type { ReactNode } from "react";
import { SubNav } from "../../../design/sub-nav.tsx";
import { useWords } from "../../../strings/language.ts";

/** What stands over each part of the screen: its parts, what this one is for, and what can be done with all of it. */
export function LabelsHead({ lead, children }: { readonly lead: string; readonly children?: ReactNode }) {
  const { labels } = useWords();
  return (
    <>
      <header className="screen-head labels-head">
        <div>
          <h1>{labels.title}</h1>
          <p className="soft lead">{lead}</p>
        </div>
        <div className="row tight push">{children}</div>
      </header>
      <SubNav
        label={labels.parts}
        links={[
          { href: "/labels", name: labels.doubtful },
          { href: "/labels/votes", name: labels.vote },
          { href: "/adapt", name: labels.adapt },
        ]}
      />
    </>
  );
}
